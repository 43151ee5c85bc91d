import type { Cause, TagEvent } from '../changes/transition.js'
import type { ContactStore } from '../store/contact-store.js'
import type { HeldTag } from '../contacts/tag.js'
import type { Touched } from '../store/touched.js'

/**
 * The tags that contacts gained and lost, by contact in the order in which they were put, then in the order in which the tags
 * were written. One more or one less holder is none, and neither is what goes with a contact that was taken away, or another name.
 */
export function tagEventsOf(
  touched: readonly Touched[],
  store: ContactStore,
  now: number,
  beforeOf: (touched: Touched, tag: string) => HeldTag | undefined,
  causeOf: (ordinal: number) => Cause,
): readonly TagEvent[] {
  const { directory } = store
  const written = touched.filter(({ removed, tags }) => !removed && tags.size > 0)
  if (written.length === 0) return none
  written.sort((a, b) => directory.placeOf(a.ordinal) - directory.placeOf(b.ordinal))
  const events: TagEvent[] = []
  for (const each of written) {
    const { ordinal } = each
    for (const tag of each.tags.keys()) {
      const before = beforeOf(each, tag)
      const after = store.tags.get(ordinal, tag)
      const hold = after === undefined ? before?.holders.at(-1) : after.holders[0]
      if ((before === undefined) === (after === undefined) || hold === undefined) continue
      const { kind, by } = hold
      events.push(
        Object.freeze({
          type: after === undefined ? 'removed' : 'added',
          tag,
          contactId: directory.idOf(ordinal),
          at: now,
          holder: Object.freeze(by === undefined ? { kind } : { kind, by }),
          cause: causeOf(ordinal),
        }),
      )
    }
  }
  return Object.freeze(events)
}

const none: readonly TagEvent[] = Object.freeze([])
