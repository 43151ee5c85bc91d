import type { Schema } from '../contacts/schema.js'
import type { Engine } from '../engine/engine.js'
import {
  analyseSegments,
  type SegmentDefinition,
  type SegmentsAnalysis,
  type SegmentsAnalysisOptions,
} from './analyse-segments.js'
import type { KnownData } from './data-findings.js'

/** How the segments of an engine are analysed; what is left out is asked of the engine. */
export type EngineAnalysisOptions = Omit<SegmentsAnalysisOptions, 'schema' | 'timeZone' | 'weekStartsOn' | 'limits'>

/**
 * Looks over the segments that are live in an engine, with its schema, zone and clock, and what its contacts are like: which
 * tags there are, and which attributes are often missing. Reads each contact once.
 *
 * @throws CoterieError for wrong options.
 */
export function analyseEngine<S extends Schema>(
  engine: Engine<S>,
  options: EngineAnalysisOptions = {},
): SegmentsAnalysis {
  const definitions = engine.segments.ids().map((id): SegmentDefinition => {
    const segment = engine.segments.get(id)
    return { id, rule: segment?.rule, kind: segment?.kind, stay: segment?.damping?.stay }
  })
  return analyseSegments(definitions, {
    since: engine.now,
    ...options,
    schema: engine.schema,
    timeZone: engine.timeZone,
    weekStartsOn: engine.weekStartsOn,
    limits: engine.limits,
    known: { ...knownOf(engine), ...options.known },
  })
}

/** What the contacts of an engine are like. */
export function knownOf<S extends Schema>(engine: Engine<S>): KnownData {
  const tags = new Set<string>()
  const held = new Map<string, number>()
  const ids = engine.contacts.ids()
  for (const id of ids) {
    const contact = engine.contacts.get(id)
    for (const { tag } of contact?.tags ?? []) tags.add(tag)
    for (const name of Object.keys(contact?.attributes ?? {})) held.set(name, (held.get(name) ?? 0) + 1)
  }
  const names = new Set([...held.keys(), ...Object.keys(engine.schema?.attributes ?? {})])
  const shares = [...names].map((name): [string, number] => [name, 1 - (held.get(name) ?? 0) / Math.max(1, ids.length)])
  return Object.freeze({
    tags: Object.freeze([...tags]),
    attributes: Object.freeze([...names]),
    missing: Object.freeze(Object.fromEntries(ids.length === 0 ? [] : shares)),
  })
}
