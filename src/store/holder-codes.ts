import { holderKinds, type Holder } from '../contacts/tag.js'
import { TextDictionary } from './text-dictionary.js'

const nobody: Holder = Object.freeze({ kind: 'person' })

/** Holders by small codes: of the many tags that one campaign or person put on, each keeps only who it was. */
export class HolderCodes {
  readonly #texts = new TextDictionary()
  readonly #holders = new Map<number, Holder>()

  /** The holder of a code that is in use. */
  holder(code: number): Holder {
    return this.#holders.get(code) ?? nobody
  }

  /** The code of a holder, used once more. */
  retain({ kind, by }: Holder): number {
    const code = this.#texts.retain(`${String(holderKinds.indexOf(kind))}${by === undefined ? '' : ` ${by}`}`)
    if (!this.#holders.has(code)) this.#holders.set(code, Object.freeze(by === undefined ? { kind } : { kind, by }))
    return code
  }

  /** A code used once less. */
  release(code: number): void {
    this.#texts.release(code)
    if (!this.#texts.has(code)) this.#holders.delete(code)
  }
}
