import type { StorageAdapter, StorageSession, StoredRecord } from 'coterie'

/** What becomes of the next append. */
export type Fate =
  | 'works'
  /** The connection is lost before anything came through. */
  | 'fails'
  /** It comes through, and the answer is lost. */
  | 'fails after'
  /** No answer comes until `release`. */
  | 'hangs'

/** A storage whose appends can be made to fail. */
export class FailingStorage implements StorageAdapter {
  readonly #storage: StorageAdapter
  fate: Fate = 'works'
  /** Whether resuming works. */
  resumes = true
  #held: (() => void)[] = []
  /** How many appends were asked for. */
  appends = 0

  constructor(storage: StorageAdapter) {
    this.#storage = storage
  }

  get name(): string {
    return this.#storage.name
  }

  get capabilities(): StorageAdapter['capabilities'] {
    return this.#storage.capabilities
  }

  /** Lets appends that hang go on. */
  release(): void {
    for (const go of this.#held.splice(0)) go()
  }

  async open(opening: Parameters<StorageAdapter['open']>[0]): Promise<StorageSession> {
    const session = await this.#storage.open(opening)
    return new Proxy(session, {
      get: (target, name) => {
        if (name === 'append') return (records: readonly StoredRecord[]) => this.#append(target, records)
        if (name === 'resume' && !this.resumes) return () => Promise.reject(new Error('still no connection'))
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  }

  async #append(session: StorageSession, records: readonly StoredRecord[]): Promise<void> {
    this.appends += 1
    const { fate } = this
    if (fate === 'fails') throw new Error('no connection')
    if (fate === 'hangs') await new Promise<void>((resolve) => this.#held.push(resolve))
    await session.append(records)
    if (fate === 'fails after') throw new Error('the answer was lost')
  }
}
