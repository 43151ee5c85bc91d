import type { Change, SegmentConvert, SegmentDefine, SegmentHolds } from '../../src/changes/change.js'
import type { ChangeInput } from '../../src/changes/input.js'
import type { Holder } from '../../src/contacts/tag.js'
import type { Value } from '../../src/contacts/value.js'
import type { Rule } from '../../src/rules/ast.js'
import { operands, operators } from '../../src/rules/operator-table.js'

/*
 * Well-shaped input as changes. Values, rules and instants in it are resolved already; what is left is to make one of
 * something a list, and to write in what was left out.
 */

/** Durations are written in their shortest form already. */
type LengthsRead = Pick<SegmentDefine, 'minimumStay' | 'coolDown'>
type ConvertedLengths = Pick<SegmentConvert, 'minimumStay' | 'coolDown'>

/** The change that an input is. */
export function readPlainly(input: ChangeInput, zone: string): Change {
  switch (input.type) {
    case 'contact.put': {
      const present = Object.entries(input.attributes ?? {}).filter(
        ([, value]) => value !== null && value !== undefined,
      )
      return { ...input, attributes: Object.fromEntries(present) as Readonly<Record<string, Value>> }
    }
    case 'contact.patch':
      return { ...input, attributes: input.attributes as Readonly<Record<string, Value | null>> }
    case 'tag.add':
      return { ...input, contacts: several(input.contacts), tags: several(input.tags), holder: holderOf(input.holder) }
    case 'tag.remove': {
      const { holder, ...rest } = input
      const named = holder === undefined ? {} : { holder: holderOf(holder) }
      return { ...rest, contacts: several(input.contacts), tags: several(input.tags), ...named }
    }
    case 'tag.merge':
      return { ...input, from: [...new Set(several(input.from))] }
    case 'tag.delete':
      return { ...input, tags: [...new Set(several(input.tags))] }
    case 'member.include':
    case 'member.exclude': {
      const { until, ...rest } = input
      return { ...rest, contacts: several(input.contacts), ...(until === undefined ? {} : { until: Number(until) }) }
    }
    case 'member.reset':
      return { ...input, contacts: several(input.contacts) }
    case 'segment.define': {
      const { rule, stay, holds, ...rest } = input
      return {
        ...(rest as typeof rest & LengthsRead),
        ...(rule === undefined ? {} : { rule: withZone(rule, zone) }),
        ...(stay === undefined ? {} : { stay: stay && withZone(stay, zone) }),
        ...(holds === undefined ? {} : { holds: heldOf(holds) }),
      }
    }
    case 'segment.convert': {
      const { rule, stay, ...rest } = input
      return {
        ...(rest as typeof rest & ConvertedLengths),
        ...(rule === undefined ? {} : { rule: withZone(rule, zone) }),
        ...(stay === undefined ? {} : { stay: withZone(stay, zone) }),
      }
    }
    case 'clock.advance':
      return { type: 'clock.advance', to: Number(input.to) }
    case 'event.fold':
      return { type: 'event.fold', before: Number(input.before) }
    case 'event.record':
    case 'event.correct': {
      const { at, properties = {}, ...event } = input.event
      const read = { ...event, properties, ...(at === undefined ? {} : { at: Number(at) }) }
      return { ...input, event: read } as Change
    }
    case 'record.put':
      return input as Change
    default:
      return input
  }
}

function several<T extends string | object>(input: T | readonly T[]): readonly T[] {
  return Array.isArray(input) ? (input as readonly T[]) : [input as T]
}

function holderOf(input: Holder | Holder['kind'] | undefined): Holder {
  if (input === undefined) return { kind: 'person' }
  return typeof input === 'string' ? { kind: input } : input
}

/** The rule with the zone written into every node that has a place for it. */
export function withZone(rule: Rule, zone: string): Rule {
  return zoned(rule, zone) as Rule
}

function zoned(node: unknown, zone: string): unknown {
  if (Array.isArray(node)) return node.map((inner) => zoned(inner, zone))
  if (typeof node !== 'object' || node === null) return node
  const filled = Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, zoned(inner, zone)]))
  const row = 'op' in node ? operators[(node as Rule).op] : 'get' in node ? operands[node.get as 'later'] : undefined
  return row?.fields['timeZone'] === undefined ? filled : { timeZone: zone, ...filled }
}

function heldOf(holds: string | SegmentHolds | null): SegmentHolds | null {
  if (holds === null) return null
  if (typeof holds === 'string') return { tag: holds }
  return holds.once === true ? { tag: holds.tag, once: true } : { tag: holds.tag }
}
