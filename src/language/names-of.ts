import type { Weekday } from '../base/calendar-period.js'
import type { Limits } from '../contacts/limits.js'
import type { Schema } from '../contacts/schema.js'
import type { Engine } from '../engine/engine.js'
import type { Labels } from './describe/wording.js'
import type { NamedSegment } from './language-options.js'
import { withSchemaLabels } from './schema-labels.js'

/** What an engine knows by name: options for all that reads, writes, completes or describes rules. */
export interface EngineNames {
  readonly schema: Schema | undefined
  readonly timeZone: string
  readonly weekStartsOn: Weekday
  readonly limits: Limits
  readonly segments: readonly NamedSegment[]
  /** The tags that somebody has, the commonest first, then those that are only declared. */
  readonly tags: readonly string[]
  /** The names that the catalogue has for tags, the labels of the schema, and those given. */
  readonly labels: Labels
}

/**
 * The names of an engine as they are now: its schema and zone, its segments by their names, its tags, and what the catalogue calls
 * them. Labels that are given win over those of the schema and the names of the catalogue.
 */
export function namesOf<S extends Schema>(engine: Engine<S>, labels: Labels = {}): EngineNames {
  const { schema, timeZone, weekStartsOn, limits } = engine
  const declared = engine.tags.catalogue.declared()
  const held = [...engine.tags.counts()].sort((one, other) => other.count - one.count).map(({ tag }) => tag)
  const named = declared.flatMap(({ tag, name }) => (name === undefined ? [] : [[tag, name] as const]))
  const segments = engine.segments
    .ids()
    .map((id): NamedSegment => Object.freeze({ id, name: engine.segments.get(id)?.description.name }))
  return Object.freeze({
    schema,
    timeZone,
    weekStartsOn,
    limits,
    segments: Object.freeze(segments),
    tags: Object.freeze([...new Set([...held, ...declared.map(({ tag }) => tag)])]),
    labels: Object.freeze({
      ...withSchemaLabels(labels, schema),
      tags: Object.freeze(Object.fromEntries([...named, ...Object.entries(labels.tags ?? {})])),
    }),
  })
}
