import { plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import type { Rule } from '../rules/ast.js'
import type { BarChart } from './chart.js'
import { groupsByContact, groupsOf, peopleOf, type By } from './groups.js'

/** What most reports take. */
export interface ReportOptions {
  /** Default all segments. */
  readonly by?: By
  /** Only the contacts that this rule holds for now. */
  readonly within?: Rule
}

/** How many contacts are in a group. */
export interface Size {
  readonly name: string
  readonly count: number
  /** Of all that the report is about; 0 of nobody. */
  readonly share: number
}

/** How many contacts are in each group, and in how many groups a contact is. */
export interface Sizes {
  /** By the engine's clock, in ms. */
  readonly at: number
  /** How many contacts the report is about. */
  readonly contacts: number
  readonly rows: readonly Size[]
  /** How many contacts are in no group, in one, in two and so on. */
  readonly inSoMany: readonly number[]
  readonly chart: BarChart
}

/** Counts the contacts in each segment, or whatever they are told apart by. Throws what is wrong with the options. */
export function sizes(engine: AnyEngine, options: ReportOptions = {}): Sizes {
  const { by = 'segments', within } = plainOptions('options', options)
  const people = peopleOf(engine, within)
  const groups = groupsOf(engine, by, people)
  const contacts = people.ids.length
  const inSoMany = Array.from({ length: groups.length + 1 }, () => 0)
  const some = groupsByContact(groups)
  inSoMany[0] = contacts - some.size
  for (const places of some.values()) inSoMany[places.length] = (inSoMany[places.length] ?? 0) + 1
  return {
    at: engine.now,
    contacts,
    rows: groups.map(({ name, ids }) => ({
      name,
      count: ids.length,
      share: contacts === 0 ? 0 : ids.length / contacts,
    })),
    inSoMany,
    chart: {
      kind: 'bars',
      title: 'Sizes',
      unit: 'count',
      labels: groups.map(({ name }) => name),
      series: [{ name: 'contacts', values: groups.map(({ ids }) => ids.length) }],
    },
  }
}
