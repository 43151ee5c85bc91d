import { compareText } from '../base/text.js'
import { plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import type { MatrixChart } from './chart.js'
import { groupsByContact, groupsOf, peopleOf } from './groups.js'
import type { ReportOptions } from './sizes.js'

/** The contacts that are in exactly these groups, and in no other. */
export interface Region {
  readonly groups: readonly string[]
  readonly count: number
}

/** How groups overlap. */
export interface Overlap {
  readonly at: number
  readonly contacts: number
  readonly names: readonly string[]
  /** How many are in both the group of the row and that of the column; on the diagonal, the size of the group. */
  readonly both: readonly (readonly number[])[]
  /** The regions that are not empty, the largest first; those in no group are the one without any. */
  readonly regions: readonly Region[]
  readonly chart: MatrixChart
}

/**
 * How any number of groups overlap, in pairs and in regions. Throws what is wrong with the options.
 *
 * Contacts are gathered by the groups that they are in, so the cost is one look at each membership, and then grows with the
 * regions that are not empty and not with the 2ⁿ that there could be.
 */
export function overlap(engine: AnyEngine, options: ReportOptions = {}): Overlap {
  const { by = 'segments', within } = plainOptions('options', options)
  const people = peopleOf(engine, within)
  const groups = groupsOf(engine, by, people)
  const names = groups.map(({ name }) => name)
  const regions = new Map<string, { readonly places: readonly number[]; count: number }>()
  const memberships = groupsByContact(groups)
  for (const places of memberships.values()) {
    const key = places.join()
    const known = regions.get(key)
    if (known === undefined) regions.set(key, { places, count: 1 })
    else known.count += 1
  }
  const inNone = people.ids.length - memberships.size
  if (inNone > 0) regions.set('', { places: [], count: inNone })
  const both = names.map(() => names.map(() => 0))
  for (const { places, count } of regions.values())
    for (const row of places) for (const column of places) add(both[row], column, count)
  return {
    at: engine.now,
    contacts: people.ids.length,
    names,
    both,
    regions: [...regions.values()]
      .map(({ places, count }) => ({ groups: places.map((place) => names[place] ?? ''), count }))
      .sort((a, b) => b.count - a.count || compareText(a.groups.join(), b.groups.join())),
    chart: { kind: 'matrix', title: 'In both', unit: 'count', rows: names, columns: names, values: both },
  }
}

function add(row: number[] | undefined, place: number, count: number): void {
  if (row !== undefined) row[place] = (row[place] ?? 0) + count
}
