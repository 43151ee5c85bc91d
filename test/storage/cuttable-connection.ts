import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** What goes wrong between a client and its server. */
export type Trouble =
  /** The connection is lost before a message reaches the server. */
  | 'lost'
  /** The message reaches the server, and the connection is lost before the answer comes back. */
  | 'answer lost'
  /** Nothing goes through any more, in either direction, and nobody is told. */
  | 'silence'

/*
 * A server's port, through which what clients and server say can be made to go wrong: at the how many-th message from now. Until it
 * is mended connections that are lost cannot be made anew, and after a silence all that was held goes on its way, late.
 */
export class CuttableConnection {
  readonly #server: Server
  readonly #pairs = new Set<{ readonly client: Socket; readonly server: Socket }>()
  #trouble: Trouble | undefined
  /** How many messages of clients are still let through. */
  #messages = 0
  #held: (() => void)[] = []
  /** How often something went wrong. */
  troubles = 0

  private constructor(server: Server) {
    this.#server = server
  }

  /** Stands before a port of this machine. */
  static async to(port: number): Promise<CuttableConnection> {
    const server = createServer()
    const connection = new CuttableConnection(server)
    server.on('connection', (client) => {
      connection.#join(client, connect({ host: '127.0.0.1', port }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return connection
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Goes wrong after so many more messages. */
  breakAfter(messages: number, trouble: Trouble): void {
    this.#messages = messages
    this.#trouble = trouble
  }

  mend(): void {
    this.#trouble = undefined
    for (const go of this.#held.splice(0)) go()
  }

  async close(): Promise<void> {
    this.mend()
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#cut()
    await closed
  }

  #join(client: Socket, server: Socket): void {
    const pair = { client, server }
    this.#pairs.add(pair)
    const part = (): void => {
      this.#pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('error', part).on('close', part).setNoDelay(true)
    client.on('data', (data) => {
      if (this.#trouble !== undefined) this.#messages -= 1
      if (!this.#isWrong) server.write(data)
      else if (this.#trouble === 'silence') this.#hold(() => server.write(data))
      else if (this.#trouble === 'lost' || this.#messages < -1) this.#cut()
      else server.write(data)
    })
    server.on('data', (data) => {
      if (!this.#isWrong) client.write(data)
      else if (this.#trouble === 'silence') this.#hold(() => client.write(data))
      else this.#cut()
    })
  }

  get #isWrong(): boolean {
    return this.#trouble !== undefined && this.#messages < 0
  }

  #hold(go: () => void): void {
    if (this.#held.length === 0) this.troubles += 1
    this.#held.push(go)
  }

  #cut(): void {
    if (this.#pairs.size > 0) this.troubles += 1
    for (const { client, server } of [...this.#pairs]) {
      client.destroy()
      server.destroy()
    }
    this.#pairs.clear()
  }
}
