import { holderKinds, type Holder } from '../contacts/tag.js'
import type { Saved } from '../base/saved.js'
import { TextDictionary, type SavedTexts } from './text-dictionary.js'

/** Holders by their codes, and how often each is used. */
export type SavedHolders = Saved<
  { readonly texts: readonly string[]; readonly holders: readonly (readonly [number, Holder])[] },
  SavedTexts['arrays']
>

const nobody: Holder = Object.freeze({ kind: 'person' })

/** Holders by small codes: of the many tags that one campaign or person put on, each keeps only who it was. */
export class HolderCodes {
  readonly #texts = new TextDictionary()
  readonly #holders = new Map<number, Holder>()

  /** The holder of a code that is in use. */
  holder(code: number): Holder {
    return this.#holders.get(code) ?? nobody
  }

  /** All of them, for a snapshot. */
  save(): SavedHolders {
    const { json: texts, arrays } = this.#texts.save()
    return { json: { texts, holders: [...this.#holders] }, arrays }
  }

  /** Takes over what was saved; nobody may be here yet. */
  load({ json: { texts, holders }, arrays }: SavedHolders): void {
    this.#texts.load({ json: texts, arrays })
    for (const [code, holder] of holders) this.#holders.set(code, Object.freeze(holder))
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
