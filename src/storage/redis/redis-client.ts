/** The part of a connected client of the package `redis` that is used. */
export interface RedisClient {
  /** Sends a command; `typeMapping` says as what replies come. Bytes are those of Node's `Buffer`. */
  sendCommand(args: unknown, options?: unknown): Promise<unknown>
}

/** The mark of a reply that is a text or bytes, in the protocol. */
const blob = 36

interface BufferClass {
  from(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array
}

function bufferClass(): BufferClass {
  return (globalThis as unknown as { readonly Buffer: BufferClass }).Buffer
}

/** Bytes as the client takes them, without a copy. */
export function sendable({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return bufferClass().from(buffer, byteOffset, length)
}

/** Sends a command whose reply is bytes. */
export function sendForBytes(client: RedisClient, args: readonly string[]): Promise<unknown> {
  return client.sendCommand(args, { typeMapping: { [blob]: bufferClass() } })
}
