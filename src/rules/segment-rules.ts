import { CoterieError, errorOfIssues, isCoterieError, show, type Path } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import type { Rule } from './ast.js'
import { referenceOrder } from './reference-order.js'
import { referencesOf, walkRule } from './rule-walk.js'

/** The rules of the segments that a rule may refer to, by id. */
export type SegmentRules = ReadonlyMap<string, Rule> | { readonly [id: string]: Rule }

/** Read rules are frozen, so what one refers to is found once. */
const known = new WeakMap<Rule, ReadonlySet<string>>()

const none: ReadonlyMap<string, Rule> = new Map<string, Rule>()

/**
 * The rules of the segments that a rule refers to, itself or through others, each after those that it refers to.
 * Only these are read; what else is in `segments` is not looked at.
 *
 * @throws CoterieError `SEGMENT_UNKNOWN` and `RULE_LOOP`, and what `read` throws, with the path of the segment before its own.
 */
export function segmentsReferred(
  rule: Rule,
  segments: SegmentRules,
  read: (input: unknown) => Rule,
): ReadonlyMap<string, Rule> {
  if (referencesIn(rule).size === 0) return none
  const rules = new Map<string, Rule>()
  const checked = (referring: Rule, at: Path): ReadonlySet<string> => {
    const ids = referencesIn(referring)
    for (const id of ids) if (given(segments, id) === undefined) throw unknownSegment(id, segments, referring, at)
    return ids
  }
  const order = referenceOrder(checked(rule, []), (id) => {
    const segment = readSegment(id, given(segments, id), read)
    rules.set(id, segment)
    return checked(segment, ['segments', id])
  })
  return new Map(order.map((id) => [id, rules.get(id) as Rule]))
}

function referencesIn(rule: Rule): ReadonlySet<string> {
  let found = known.get(rule)
  if (found === undefined) known.set(rule, (found = referencesOf(rule)))
  return found
}

function given(segments: SegmentRules, id: string): unknown {
  if (segments instanceof Map) return segments.get(id)
  return Object.hasOwn(segments, id) ? (segments as { readonly [id: string]: Rule })[id] : undefined
}

function readSegment(id: string, input: unknown, read: (input: unknown) => Rule): Rule {
  try {
    return read(input)
  } catch (error) {
    if (!isCoterieError(error)) throw error
    const [first, ...rest] = error.issues.map((issue) => ({ ...issue, path: ['segments', id, ...issue.path] }))
    throw first === undefined
      ? error
      : errorOfIssues(`The rule of segment ${show(id)} cannot be read`, [first, ...rest])
  }
}

function unknownSegment(id: string, segments: SegmentRules, referring: Rule, at: Path): CoterieError {
  const places: Path[] = []
  walkRule(referring, (node, path) => {
    if (node.op === 'inSegment' && node.segment === id) places.push([...at, ...path, 'segment'])
  })
  const ids = segments instanceof Map ? (segments as ReadonlyMap<string, Rule>).keys() : Object.keys(segments)
  const nearest = nearestName(id, ids)
  const hint = nearest === undefined ? '' : `; did you mean ${show(nearest)}?`
  return new CoterieError('SEGMENT_UNKNOWN', `There is no segment ${show(id)}${hint}`, {
    path: places[0] ?? at,
    received: show(id),
    expected: 'the id of a segment whose rule is given',
  })
}
