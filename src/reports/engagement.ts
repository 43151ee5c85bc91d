import { durationOf, type DurationInput } from '../base/duration.js'
import { ExactSum } from '../base/exact-sum.js'
import { viewOf } from '../contacts/contact-view.js'
import { checkWhole, optionInvalid, plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import { eventsReaching, readGoal, type Goal } from '../population/goal.js'
import type { Rule } from '../rules/ast.js'
import type { MatrixChart } from './chart.js'
import { peopleOf } from './groups.js'

/*
 * Recency, frequency and monetary value, each scored by rank: of n scores, a contact has 1 + the whole part of n × the share
 * of active contacts that do worse. Those who do equally well have one score, so nobody is told apart who is not different.
 */

/** What shows that somebody is engaged. */
export interface EngagementOptions {
  /** The events that count: `events('purchase').exists()`. */
  readonly event: Goal
  /** A property of theirs, a number: how much each is worth. Without it each is worth 1. */
  readonly value?: string
  /** How far back is looked: an exact duration. Default 365 days. */
  readonly window?: DurationInput
  /** How many scores there are, at least 2. Default 5. */
  readonly scores?: number
  /** Only the contacts that this rule holds for now. */
  readonly within?: Rule
}

/** How engaged a contact is: in the lowest, middle or highest third of what the scores can add up to, or not at all. */
export type EngagementLevel = 'none' | 'low' | 'medium' | 'high'

/** How engaged one contact is. */
export interface Engagement {
  readonly contactId: string
  readonly level: EngagementLevel
  /** How many events there were in the window. */
  readonly frequency: number
  /** What they were worth, exactly. */
  readonly monetary: number
  /** How long ago the last was, in ms; left out where there was none. */
  readonly recency?: number
  /** From 1 to the highest score; left out where there was no event. */
  readonly scores?: { readonly recency: number; readonly frequency: number; readonly monetary: number }
}

/** How engaged contacts are. */
export interface Engagements {
  readonly at: number
  readonly levels: Readonly<Record<EngagementLevel, number>>
  /** One for each contact, in the order in which they were put. */
  readonly contacts: readonly Engagement[]
  /** How many have each score of recency (the rows, highest first) and of frequency (the columns). */
  readonly chart: MatrixChart
}

/** Tells contacts apart by how engaged they are. Throws what is wrong with the options, and `RULE_NEEDS_FOLDED`. */
export function engagement(engine: AnyEngine, options: EngagementOptions): Engagements {
  const { event, value, window = '365d', scores = 5, within } = plainOptions('options', options)
  checkWhole('scores', scores, 2)
  const duration = durationOf(window)
  if (duration.kind !== 'exact') throw optionInvalid('window', window, "an exact duration, such as '365d'")
  const goal = readGoal(engine, event, 'event')
  const { now } = engine
  const found = peopleOf(engine, within).ids.map((contactId): Found => {
    const contact = engine.contacts.get(contactId)
    const items =
      contact === undefined ? [] : eventsReaching(engine, viewOf(contact), goal, now - duration.ms + 1, now + 1)
    const sum = new ExactSum()
    for (const item of items) {
      const worth = value === undefined ? 1 : item.value(value)
      if (typeof worth === 'number') sum.add(worth)
    }
    const last = items.at(-1)?.at
    return { contactId, last, frequency: items.length, monetary: sum.value }
  })
  const active = found.filter(({ last }) => last !== undefined)
  const recency = scorer(
    active.map(({ last = 0 }) => last),
    scores,
  )
  const frequency = scorer(
    active.map((one) => one.frequency),
    scores,
  )
  const monetary = scorer(
    active.map((one) => one.monetary),
    scores,
  )
  const contacts = found.map(({ last, ...one }): Engagement => {
    if (last === undefined) return { ...one, level: 'none' }
    const own = { recency: recency(last), frequency: frequency(one.frequency), monetary: monetary(one.monetary) }
    return {
      ...one,
      level: levelOf(own.recency + own.frequency + own.monetary, scores),
      recency: now - last,
      scores: own,
    }
  })
  return { at: now, levels: levelsOf(contacts), contacts, chart: gridOf(contacts, scores) }
}

interface Found {
  readonly contactId: string
  readonly last: number | undefined
  readonly frequency: number
  readonly monetary: number
}

/** Scores a value by how many of all are less. */
function scorer(values: readonly number[], scores: number): (value: number) => number {
  const sorted = [...values].sort((a, b) => a - b)
  const less = new Map<number, number>()
  for (const [place, value] of sorted.entries()) if (!less.has(value)) less.set(value, place)
  return (value) => 1 + Math.floor((scores * (less.get(value) ?? 0)) / sorted.length)
}

function levelOf(total: number, scores: number): EngagementLevel {
  // From 0 for three scores of 1 to 3 for three of the highest.
  const third = Math.floor(((total - 3) / (3 * (scores - 1))) * 3)
  return third === 0 ? 'low' : third === 1 ? 'medium' : 'high'
}

function levelsOf(contacts: readonly Engagement[]): Readonly<Record<EngagementLevel, number>> {
  const levels = { none: 0, low: 0, medium: 0, high: 0 }
  for (const { level } of contacts) levels[level] += 1
  return levels
}

function gridOf(contacts: readonly Engagement[], scores: number): MatrixChart {
  const steps = Array.from({ length: scores }, (_, place) => place + 1)
  const values = steps.map(() => steps.map(() => 0))
  for (const { scores: own } of contacts) {
    const row = own === undefined ? undefined : values[scores - own.recency]
    if (row !== undefined && own !== undefined) row[own.frequency - 1] = (row[own.frequency - 1] ?? 0) + 1
  }
  return {
    kind: 'matrix',
    title: 'Recency by frequency',
    unit: 'count',
    rows: steps.map((score) => `recency ${String(score)}`).reverse(),
    columns: steps.map((score) => `frequency ${String(score)}`),
    values,
  }
}
