import type { CalendarPeriod } from '../../base/calendar-period.js'
import { readDay } from '../../base/civil.js'
import { durationOf, readDuration, type Duration, type DurationText } from '../../base/duration.js'
import type { Rule } from '../../rules/ast.js'

/*
 * What rules name: the values, tags, durations, periods and zones at which their truth can turn. Only the JSON of rules is
 * looked at, so that a new operator brings its bounds along without a line here.
 */

/** What rules name, each thing once, in the order of its first place. */
export interface Named {
  readonly texts: readonly string[]
  readonly numbers: readonly number[]
  /** In ms. */
  readonly instants: readonly number[]
  /** As `YYYY-MM-DD`. */
  readonly days: readonly string[]
  readonly durations: readonly Duration[]
  readonly periods: readonly CalendarPeriod[]
  readonly zones: readonly string[]
  readonly attributes: ReadonlySet<string>
  readonly tags: readonly string[]
  /** Who holds tags. */
  readonly holders: readonly string[]
  readonly events: ReadonlySet<string>
  /** The collections of contacts. */
  readonly records: ReadonlySet<string>
}

/** What rules name. */
export function namesIn(rules: readonly Rule[]): Named {
  const found = {
    texts: new Set<string>(),
    numbers: new Set<number>(),
    instants: new Set<number>(),
    days: new Set<string>(),
    durations: new Set<DurationText>(),
    periods: new Map<string, CalendarPeriod>(),
    zones: new Set<string>(),
    attributes: new Set<string>(),
    tags: new Set<string>(),
    holders: new Set<string>(),
    events: new Set<string>(),
    records: new Set<string>(),
  }
  const walkText = (text: string, key: string): void => {
    if (key === 'timeZone') found.zones.add(text)
    else if (key === 'tag' || key === 'tags') found.tags.add(text)
    else if (key === 'by') found.holders.add(text)
    else if (key === 'events') found.events.add(text)
    else if (key === 'pattern') for (const part of partsOf(text)) found.texts.add(part)
    else if (['left', 'right', 'low', 'high'].includes(key)) found.texts.add(text)
    if (readDuration(text) !== undefined) found.durations.add(text as DurationText)
    if (readDay(text) !== undefined) found.days.add(text)
  }
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) {
      for (const element of value) walk(element, key)
      return
    }
    if (typeof value === 'number' && key !== 'instant') found.numbers.add(value)
    if (typeof value === 'string') walkText(value, key)
    if (typeof value !== 'object' || value === null) return
    const node = value as Readonly<Record<string, unknown>>
    if (node['op'] === 'hasTagLike') for (const part of partsOf(String(node['pattern']))) found.tags.add(part)
    if (node['get'] === 'attribute') found.attributes.add(String(node['name']))
    if ('window' in node && node['window'] === 'absolute')
      for (const end of [node['from'], node['to']]) if (typeof end === 'number') found.instants.add(end)
    if (typeof node['instant'] === 'number') found.instants.add(node['instant'])
    if ('period' in node && typeof node['period'] === 'string')
      found.periods.set(JSON.stringify(node), node as unknown as CalendarPeriod)
    if (Array.isArray(node['records']) && node['records'].length > 0) found.records.add(String(node['records'][0]))
    for (const [inner, part] of Object.entries(node)) walk(part, inner)
  }
  for (const rule of rules) walk(rule, '')
  return {
    texts: [...found.texts],
    numbers: [...found.numbers],
    instants: [...found.instants],
    days: [...found.days],
    durations: [...found.durations].map(durationOf),
    periods: [...found.periods.values()],
    zones: [...found.zones],
    attributes: found.attributes,
    tags: [...found.tags],
    holders: [...found.holders],
    events: found.events,
    records: found.records,
  }
}

/** Texts that may be like a pattern: without what stands for something else, and with a letter in its place. */
function partsOf(pattern: string): readonly string[] {
  return [pattern.replaceAll(/[*?^$\\]/g, ''), pattern.replaceAll('*', 'x').replaceAll(/[?^$\\]/g, '')]
}
