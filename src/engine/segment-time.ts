import type { Rule } from '../rules/ast.js'
import { timedRule, type Timed } from '../rules/timed.js'
import { atLeast, complement, during, inOrder, remembered, standing } from '../rules/timed-parts.js'
import type { Segment, Slot } from '../segments/segment.js'
import type { EngineState } from './state.js'
import { timedDamping } from './timed-damping.js'

/**
 * The membership of one contact in a segment as a function of time alone, through slots that end and segments referred to.
 * Those are asked in their order, each once an instant, so that however long a chain they make nothing is asked in depth.
 */
export function timedMembership(state: EngineState, segment: Segment, ordinal: number): Timed {
  const contact = state.store.view(ordinal)
  const known = new Map<string, Timed>()
  const segmentOf = (id: string): Timed => known.get(id) ?? standing(false)
  for (const each of withReferences(state, segment)) {
    known.set(
      each.id,
      remembered(
        timedSegment(state, each, ordinal, (rule) => timedRule(rule, contact, state.settings.timeZone, segmentOf)),
      ),
    )
  }
  return inOrder([...known.values()], segmentOf(segment.id))
}

/** A segment and all that it refers to, itself or through others, in the order in which they are decided. */
export function withReferences(state: EngineState, segment: Segment): readonly Segment[] {
  const found = new Set([segment])
  for (const each of found) {
    for (const id of each.references) {
      const referred = state.segments.get(id)
      if (referred !== undefined) found.add(referred)
    }
  }
  return [...found].sort((a, b) => a.rank - b.rank)
}

function timedSegment({ now }: EngineState, segment: Segment, ordinal: number, timed: (rule: Rule) => Timed): Timed {
  const included = timedSlot(segment.slots.include.get(ordinal))
  if (segment.kind === 'static') return included
  const byRule = segment.rule === undefined ? standing(false) : timed(segment.rule)
  if (segment.kind === 'dynamic') return byRule
  const { damping, damper, members } = segment
  if (damping !== undefined) {
    const { stay } = damping.written
    const toStay = stay === undefined ? byRule : timed(stay)
    const inside = members.has(ordinal)
    return timedDamping({ damping, now, rule: byRule, stay: toStay, inside, movedAt: damper?.movedAt(ordinal) })
  }
  return atLeast(2, [complement(timedSlot(segment.slots.exclude.get(ordinal))), atLeast(1, [included, byRule])])
}

function timedSlot(slot: Slot | undefined): Timed {
  if (slot === undefined) return standing(false)
  return slot.until === undefined ? standing(true) : during(-Infinity, slot.until)
}
