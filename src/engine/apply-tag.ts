import { CoterieError } from '../base/errors.js'
import type { TagAdd, TagRemove } from '../changes/change.js'
import type { Outcome, TagOutcome } from '../changes/receipt.js'
import { sameHolder, withoutHolders, type Holder, type TagHold } from '../contacts/tag.js'
import { namedContact, needContact } from './names.js'
import { putTag } from './put-tag.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

const nothing: readonly never[] = Object.freeze([])

const empty: Omit<TagOutcome, 'contactId'> = Object.freeze({
  added: nothing,
  held: nothing,
  present: nothing,
  removed: nothing,
  released: nothing,
  absent: nothing,
  heldBy: nothing,
})

/** Puts tags on contacts, under one holder. */
export function addTags(state: EngineState, transaction: Transaction, change: TagAdd): Outcome {
  const { directory } = state.store
  const hold = Object.freeze({ ...change.holder, at: state.now })
  checkByHand(state, change.tags, change.holder)
  const contacts = change.contacts.map((name): TagOutcome => {
    const { ordinal } = namedContact(state, transaction, name, 'tag', change)
    const added: string[] = []
    const held: string[] = []
    const present: string[] = []
    const displaced: string[] = []
    const outranked: string[] = []
    const became = { added, held, present, outranked }
    for (const tag of change.tags) {
      const put = putTag(state, transaction, ordinal, tag, hold)
      became[put.became].push(tag)
      displaced.push(...put.displaced)
    }
    return {
      ...empty,
      contactId: directory.idOf(ordinal),
      added,
      held,
      present,
      ...(displaced.length === 0 ? undefined : { displaced }),
      ...(outranked.length === 0 ? undefined : { outranked }),
    }
  })
  return { type: change.type, contacts }
}

/** Takes tags off contacts: all holders but automatic rules, which go on holding what they hold; or only the one named. */
export function removeTags(state: EngineState, transaction: Transaction, change: TagRemove): Outcome {
  const { tags, directory } = state.store
  const { holder } = change
  if (holder !== undefined) checkByHand(state, change.tags, holder)
  const keeps = (hold: TagHold): boolean => (holder === undefined ? hold.kind === 'rule' : !sameHolder(hold, holder))
  const contacts = change.contacts.map((name): TagOutcome => {
    const ordinal = needContact(state, name)
    transaction.touch(ordinal, 'tag', change)
    const removed: string[] = []
    const released: string[] = []
    const absent: string[] = []
    const heldBy: TagOutcome['heldBy'][number][] = []
    for (const tag of change.tags) {
      const before = tags.get(ordinal, tag)
      const left = before && withoutHolders(before, keeps)
      if (before === undefined || (left === before && holder !== undefined)) absent.push(tag)
      else if (left === undefined) removed.push(tag)
      else if (left !== before) released.push(tag)
      const rules = left?.holders.filter(({ kind }) => kind === 'rule').map(({ by }) => by ?? '') ?? []
      if (rules.length > 0) heldBy.push({ tag, rules })
      if (change.by !== undefined) transaction.tagMoves.note(ordinal, tag, { by: change.by })
      transaction.draft.setTag(ordinal, tag, left)
    }
    return { ...empty, contactId: directory.idOf(ordinal), removed, released, absent, heldBy }
  })
  return { type: change.type, contacts }
}

/** What a segment holds nobody puts on or takes off in its name. */
function checkByHand({ segments, isReplaying }: EngineState, tags: readonly string[], { kind, by = '' }: Holder): void {
  const holds = kind === 'rule' ? segments.get(by)?.holds : undefined
  if (holds === undefined || !tags.includes(holds.tag) || isReplaying) return
  throw new CoterieError('CHANGE_INVALID', `Segment ${JSON.stringify(by)} holds that tag for its members`, {
    path: ['holder', 'by'],
    received: by,
    expected: 'another holder; who is a member is a matter of the segment',
  })
}
