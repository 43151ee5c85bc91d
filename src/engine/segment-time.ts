import { timedRule, type Timed } from '../rules/timed.js'
import { complement, during, atLeast, remembered, standing } from '../rules/timed-parts.js'
import type { Segment, Slot } from '../segments/segment.js'
import type { EngineState } from './state.js'

/** The membership of one contact in a segment as a function of time alone, through slots that end and segments referred to. */
export function timedMembership(state: EngineState, segment: Segment, ordinal: number): Timed {
  const known = new Map<Segment, Timed>()
  const contact = state.store.view(ordinal)
  const membershipOf = (of: Segment): Timed => {
    let timed = known.get(of)
    if (timed === undefined) known.set(of, (timed = remembered(compose(of))))
    return timed
  }
  const byRule = ({ rule }: Segment): Timed =>
    rule === undefined
      ? standing(false)
      : timedRule(rule, contact, state.settings.timeZone, (id) => {
          const referred = state.segments.get(id)
          return referred === undefined ? standing(false) : membershipOf(referred)
        })
  const compose = (of: Segment): Timed => {
    const included = timedSlot(of.slots.include.get(ordinal))
    if (of.kind === 'static') return included
    if (of.kind === 'dynamic') return byRule(of)
    return atLeast(2, [complement(timedSlot(of.slots.exclude.get(ordinal))), atLeast(1, [included, byRule(of)])])
  }
  return membershipOf(segment)
}

function timedSlot(slot: Slot | undefined): Timed {
  if (slot === undefined) return standing(false)
  return slot.until === undefined ? standing(true) : during(-Infinity, slot.until)
}
