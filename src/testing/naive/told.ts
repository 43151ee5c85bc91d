import type { Cause, TagEvent, Transition } from '../../changes/transition.js'
import type { HeldTag } from '../../contacts/tag.js'
import type { ModelCause, ModelTransition } from './settlement.js'
import { contactsOf, type ModelContact, type ModelState } from './state.js'

/** A transition as the engine would tell it; of its cause, what a membership alone lets say. */
export function transitionOf(moved: ModelTransition, revision: number): Transition {
  const { kind, dueAt, through, ...transition } = moved
  return Object.freeze({
    ...transition,
    cause: Object.freeze({
      revision,
      kind,
      ...(dueAt === undefined ? undefined : { dueAt }),
      ...(through === undefined ? undefined : { through }),
    }),
  })
}

/** A tag that got another name. */
interface Renamed {
  readonly from: string
  readonly to: string
}

/** What tag events come from. */
interface TagsWritten {
  readonly before: ModelState
  readonly after: ModelState
  /** The tags that were written, by the serial of the contact. */
  readonly touched: ReadonlyMap<number, ReadonlySet<string>>
  readonly renamed: readonly Renamed[]
  readonly revision: number
  readonly causeOf: (contact: number) => ModelCause
}

/** Net tag events: by contact as they were put, then by tag as they were touched. */
export function tagEventsOf({ before, after, touched, renamed, revision, causeOf }: TagsWritten): TagEvent[] {
  return contactsOf(after).flatMap(({ serial, id, tags }) =>
    [...(touched.get(serial) ?? [])].flatMap((tag): TagEvent[] => {
      const had = heldTag(before.contacts.get(serial), tag, renamed)
      const has = tags.get(tag)
      const hold = has === undefined ? had?.holders.at(-1) : has.holders[0]
      if ((had === undefined) === (has === undefined) || hold === undefined) return []
      const { kind, by } = hold
      const holder = Object.freeze(by === undefined ? { kind } : { kind, by })
      const cause: Cause = Object.freeze({ revision, ...causeOf(serial) })
      const type = has === undefined ? 'removed' : 'added'
      return [Object.freeze({ type, tag, contactId: id, at: after.now, holder, cause })]
    }),
  )
}

/** What a contact held of a tag, under the name that it had then. */
function heldTag(contact: ModelContact | undefined, tag: string, renamed: readonly Renamed[]): HeldTag | undefined {
  const came = renamed.findLastIndex(({ to }) => to === tag)
  const went = renamed.findLastIndex(({ from }) => from === tag)
  const earlier = came > went ? renamed[came] : undefined
  const held = earlier && heldTag(contact, earlier.from, renamed.slice(0, came))
  if (held !== undefined) return held
  return went >= 0 ? undefined : contact?.tags.get(tag)
}
