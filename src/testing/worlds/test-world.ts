import { CoterieError, show } from '../../base/errors.js'
import type { Schema } from '../../contacts/schema.js'
import type { Rule } from '../../rules/ast.js'
import { readMoment, type Moment } from '../../rules/question.js'
import { ruleOf } from '../../rules/read-rule.js'
import { referencesOf } from '../../rules/rule-walk.js'
import type { SegmentRules } from '../../rules/segment-rules.js'

/** The world that rules are tested in. */
export interface TestWorld {
  /** What contacts hold; those that are made up fit it. */
  readonly schema: Schema
  /** The zone of windows and written dates that have none of their own. Default `UTC`. */
  readonly timeZone?: string
  /** The instant around which contacts live. Default 15 January 2026, noon in UTC. */
  readonly now?: Moment
  /** The rules of the segments that rules refer to. */
  readonly segments?: SegmentRules
}

/** A {@link TestWorld} that was read, with the rules that are tested in it. */
export interface ReadWorld {
  readonly schema: Schema
  readonly timeZone: string
  readonly now: number
  readonly segments: ReadonlyMap<string, Rule>
  /** Rules at whose boundaries contacts stand. */
  readonly rules: readonly Rule[]
}

const usualNow = Date.parse('2026-01-15T12:00:00Z')

/**
 * Reads a world, and the rules that are tested in it.
 *
 * @throws CoterieError `OPTION_INVALID`, and what the reading of rules and instants throws.
 */
export function readWorld(world: TestWorld, rules: readonly Rule[]): ReadWorld {
  const given: unknown = world
  if (typeof given !== 'object' || given === null || typeof world.schema !== 'object')
    throw new CoterieError('OPTION_INVALID', 'Rules are tested in a world with a schema', {
      path: ['schema'],
      received: show((given as Partial<TestWorld> | null | undefined)?.schema),
      expected: 'what defineSchema gives',
    })
  const { schema, timeZone = 'UTC', segments = {} } = world
  const now = readMoment(world.now ?? usualNow, 'now', timeZone)
  const read = (rule: Rule): Rule => ruleOf(rule, { schema, timeZone })
  const entries = isMap(segments) ? [...segments] : Object.entries(segments)
  const known = new Map(entries.map(([id, rule]) => [id, read(rule)]))
  return { schema, timeZone, now, segments: known, rules: rules.map(read) }
}

function isMap(segments: SegmentRules): segments is ReadonlyMap<string, Rule> {
  return segments instanceof Map
}

/** The rules of a world and those of the segments that they refer to, directly or not. */
export function rulesInReach({ rules, segments }: ReadWorld): readonly Rule[] {
  const reached = new Map<string, Rule>()
  const found = [...rules]
  for (const rule of found)
    for (const id of referencesOf(rule)) {
      const referred = segments.get(id)
      if (referred === undefined || reached.has(id)) continue
      reached.set(id, referred)
      found.push(referred)
    }
  return found
}
