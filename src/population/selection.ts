import { CoterieError, show, type Path } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import { segmentId, type SegmentName } from '../engine/segment-name.js'
import type { Rule } from '../rules/ast.js'
import { ruleOf } from '../rules/read-rule.js'
import type { AnyEngine } from './any-engine.js'

/** A rule with a name to call it by. */
export interface NamedRule {
  readonly name: string
  readonly rule: Rule
}

/** Some of the contacts: the members of a segment, by its id or handle, or those a rule holds for. */
export type Selection = SegmentName | Rule | NamedRule

/** A selection that was read: its members are those of whom the rule holds. */
export interface ReadSelection {
  /** The id of the segment, or the name of the rule; of a rule without one, `rule 1` by its place in the list. */
  readonly name: string
  readonly rule: Rule
}

/**
 * Reads a selection that stands at a place of a list.
 *
 * @throws CoterieError `SEGMENT_UNKNOWN`, `OPTION_INVALID`, and all that is wrong with a rule.
 */
export function readSelection(engine: AnyEngine, given: Selection, place: number): ReadSelection {
  if (isRule(given)) return { name: `rule ${String(place + 1)}`, rule: readRuleFor(engine, given) }
  if (isNamed(given)) return { name: given.name, rule: readRuleFor(engine, given.rule) }
  const id = segmentId(given)
  if (engine.segments.get(id) === undefined) throw unknownSegment(engine, id)
  return { name: id, rule: Object.freeze({ op: 'inSegment', segment: id }) }
}

/** Reads a list of selections, each with a name of its own. Throws `OPTION_INVALID` where it is none, or two have one name. */
export function readSelections(
  engine: AnyEngine,
  given: readonly Selection[],
  option: string,
): readonly ReadSelection[] {
  if (!Array.isArray(given)) throw invalid([option], show(given), 'a list of segments and rules')
  const read = (given as readonly Selection[]).map((one, place) => readSelection(engine, one, place))
  const names = new Set<string>()
  for (const [place, { name }] of read.entries()) {
    if (names.has(name)) throw invalid([option, place], show(name), 'names that differ')
    names.add(name)
  }
  return read
}

/** A rule read with the schema, zone, week and segments of an engine. Throws all that is wrong with it. */
export function readRuleFor(engine: AnyEngine, rule: Rule): Rule {
  const { schema, timeZone, weekStartsOn, limits } = engine
  return ruleOf(rule, { schema, timeZone, weekStartsOn, limits, segments: engine.segments.ids() })
}

function isRule(given: Selection): given is Rule {
  return typeof given === 'object' && (given as object | null) !== null && 'op' in given
}

function isNamed(given: Selection): given is NamedRule {
  return (
    typeof given === 'object' &&
    (given as object | null) !== null &&
    'rule' in given &&
    'name' in given &&
    !('id' in given)
  )
}

function unknownSegment(engine: AnyEngine, id: unknown): CoterieError {
  const nearest = typeof id === 'string' ? nearestName(id, engine.segments.ids()) : undefined
  const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`
  return new CoterieError('SEGMENT_UNKNOWN', `There is no segment ${show(id)}${hint}`, {
    received: show(id),
    expected: nearest ?? 'a segment that is defined, or a rule',
  })
}

function invalid(path: Path, received: string, expected: string): CoterieError {
  return new CoterieError('OPTION_INVALID', `The option ${path.join('.')} is wrong`, { path, received, expected })
}
