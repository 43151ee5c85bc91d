import type { Engine, NextChange, SegmentExplanation } from 'coterie'
import type { DateWords } from '../words/dates.js'
import type { Names } from '../words/rule-words.js'
import { printTree } from './explanation-tree.js'
import { printWrapped, type Terminal } from './terminal.js'

/** Whom to explain, and how all is called. */
export interface MemberWords {
  readonly names: Names & { contact(id: string): string }
  readonly dates: DateWords
}

/** Among so many members one is looked for. */
const lookedAt = 500

/** Of the first members of a segment, one whom time alone takes out of it, and who is in most others; or else anybody in it. */
export function tellingMember({ segments }: Pick<Engine, 'segments'>, segmentId: string): string | undefined {
  const first = [...(segments.get(segmentId)?.members() ?? [])].slice(0, lookedAt)
  const members = first.map((id) => ({
    id,
    telling: segments.of(id).length + ('at' in segments.nextChangeAt(segmentId, id) ? 1000 : 0),
  }))
  return members.sort((a, b) => b.telling - a.telling)[0]?.id
}

/** Why a contact is in a segment, or is not: a tree, and what time alone will do. */
export function showMember(
  terminal: Terminal,
  engine: Pick<Engine, 'segments' | 'tags'>,
  segmentId: string,
  contactId: string,
  words: MemberWords,
): void {
  const { names, dates } = words
  const explanation = engine.segments.explain(segmentId, contactId)
  const { rule, slots } = explanation
  if (rule !== undefined) {
    const segment = (id: string): SegmentExplanation['rule'] => engine.segments.explain(id, contactId).rule
    printTree(terminal, rule, { names, dates, segment })
  }
  const tags = engine.tags.of(contactId).map(({ tag }) => tag)
  const lines = [
    ...(tags.length === 0 ? [] : [`Tags: ${tags.join(', ')}.`]),
    ...(explanation.kind === 'dynamic' ? [] : [slotsInWords(slots, dates)]),
    nextOfAll(engine, contactId, words),
  ]
  for (const line of lines) printWrapped(terminal, line)
}

function slotsInWords({ include, exclude }: SegmentExplanation['slots'], dates: DateWords): string {
  const slot = exclude ?? include
  if (slot === undefined) return 'By hand: no exception.'
  const until = slot.until === undefined ? '' : `, until ${dates.full(slot.until)}`
  const reason = slot.reason === undefined ? '' : `: ${slot.reason}`
  return `By hand: ${exclude === undefined ? 'put in' : 'kept out'} on ${dates.full(slot.at)}${until}${reason}.`
}

/** What time alone will do to a contact, in all segments, soonest first. */
function nextOfAll({ segments }: Pick<Engine, 'segments'>, contactId: string, { names, dates }: MemberWords): string {
  const coming = segments
    .ids()
    .map((id) => ({ id, next: segments.nextChangeAt(id, contactId) }))
    .filter(
      (change): change is { readonly id: string; readonly next: Extract<NextChange, { readonly at: number }> } =>
        'at' in change.next,
    )
    .sort((a, b) => a.next.at - b.next.at)
    .map(
      ({ id, next }) =>
        `${segments.has(id, contactId) ? 'leaves' : 'enters'} ${names.segment(id)} on ${dates.full(next.at)}`,
    )
  return coming.length === 0 ? 'Time alone will change nothing.' : `By time alone: ${coming.join('; ')}.`
}
