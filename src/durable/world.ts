import type { Weekday } from '../base/calendar-period.js'
import { crc32OfText, hex32 } from '../base/crc32.js'
import { timeZone } from '../base/time-zone.js'
import type { Schema } from '../contacts/schema.js'
import type { EngineState } from '../engine/state.js'

/*
 * All that the answer of a rule depends on beside the contacts: where it is the same as when memberships were decided, they
 * are still right, and need not be decided again when a storage is opened.
 */

/** Raised whenever a rule comes to mean something else than in the version before. */
const meaning = 1

/** What rules meant when memberships were decided. */
export interface World {
  readonly meaning: number
  /** By the name of each zone in use, a checksum of how its clocks are turned. */
  readonly zones: Readonly<Record<string, string>>
  readonly timeZone: string
  readonly weekStartsOn: Weekday
  readonly schema?: Schema
}

/** What rules mean to this engine. */
export function worldOf(state: EngineState): World {
  const { schema, timeZone: zone, weekStartsOn } = state.settings
  return Object.freeze({
    meaning,
    zones: Object.fromEntries(zonesInUse(state).map((name) => [name, zoneChecksum(name)])),
    timeZone: zone,
    weekStartsOn,
    ...(schema === undefined ? undefined : { schema }),
  })
}

/** Whether every rule in use has the same answers now as it had then. */
export function answersAsBefore(now: World, then: World): boolean {
  return (
    now.meaning === then.meaning &&
    now.timeZone === then.timeZone &&
    now.weekStartsOn === then.weekStartsOn &&
    sameSchema(now.schema, then.schema) &&
    Object.entries(now.zones).every(([name, checksum]) => then.zones[name] === checksum)
  )
}

/** Whether two schemas say the same, in whatever order. */
export function sameSchema(a: Schema | undefined, b: Schema | undefined): boolean {
  return a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [name, sorted(inner)])
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** A rule is plain JSON: wherever it names a zone, also in a window of items, it does so under one name. */
function zonesInUse({ segments, settings }: EngineState): readonly string[] {
  const zones = new Set([settings.timeZone])
  for (const { watched: rule } of segments.all()) {
    JSON.stringify(rule, (name, value: unknown) => {
      if (name === 'timeZone' && typeof value === 'string') zones.add(value)
      return value
    })
  }
  return [...zones].sort()
}

const week = 7 * 86_400_000

/** The offsets of a zone, week by week over forty years: where zone data are corrected, and where rules look. */
function zoneChecksum(name: string): string {
  const zone = timeZone(name)
  const first = Date.UTC(2000, 0, 1)
  const offsets = Array.from({ length: 40 * 52 }, (_, place) => zone.offsetAt(first + place * week))
  return hex32(crc32OfText(offsets.join()))
}
