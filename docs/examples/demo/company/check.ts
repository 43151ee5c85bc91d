import type { Engine, Schema, Transition } from 'coterie'
import { matches } from 'coterie/rules'

/** What a check of everything came to. */
export interface Checked {
  /** Whether all transitions, one after the other, give the members that the engine has. */
  readonly folded: boolean
  /** How many questions were asked of the plain evaluator. */
  readonly asked: number
  /** How many of its answers differ from what the engine says, slots aside. */
  readonly different: number
}

/** The members that transitions lead to, one after the other. */
export class Fold {
  readonly #members = new Map<string, Set<string>>()

  hear({ type, segmentId, contactId }: Transition): void {
    let members = this.#members.get(segmentId)
    if (members === undefined) this.#members.set(segmentId, (members = new Set()))
    if (type === 'enter') members.add(contactId)
    else members.delete(contactId)
  }

  of(segmentId: string): ReadonlySet<string> {
    return this.#members.get(segmentId) ?? new Set()
  }
}

/** Asks of every contact and rule anew, without the engine's indexes, and compares. */
export function check<S extends Schema>(engine: Engine<S>, timeZone: string, fold: Fold): Checked {
  const handles = engine.segments.ids().flatMap((id) => engine.segments.get(id) ?? [])
  const folded = handles.every((handle) => {
    const members = [...handle.members()]
    const expected = fold.of(handle.id)
    return members.length === expected.size && members.every((id) => expected.has(id))
  })
  const segments = Object.fromEntries(handles.flatMap(({ id, rule }) => (rule === undefined ? [] : [[id, rule]])))
  let [asked, different] = [0, 0]
  for (const contactId of engine.contacts.ids()) {
    const contact = engine.contacts.get(contactId)
    if (contact === undefined) continue
    for (const handle of handles) {
      const { rule } = handle
      if (rule === undefined) continue
      asked += 1
      if (matches(rule, contact, { now: engine.now, timeZone, segments }) === handle.has(contactId)) continue
      const { slots } = engine.segments.explain(handle, contactId)
      if (slots.include === undefined && slots.exclude === undefined) different += 1
    }
  }
  return { folded, asked, different }
}
