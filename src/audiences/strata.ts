import { compareText } from '../base/text.js'
import { shuffled } from './draw.js'

/*
 * A sample in which each stratum has its share. Every stratum gets the whole part of its quota; the places that are left go
 * one each to those with the largest remainders (Hamilton's method), so no stratum is further than one contact from its
 * exact share. Within a stratum the first in the order of the salt are drawn.
 */

/** Draws so many of the contacts, of each stratum in proportion. */
export function stratified(
  contactIds: readonly string[],
  wanted: number,
  salt: string,
  stratumOf: (contactId: string) => string,
): ReadonlySet<string> {
  const strata = grouped(contactIds, stratumOf)
  const quotas = quotasOf(new Map([...strata].map(([stratum, ids]) => [stratum, ids.length])), wanted)
  const drawn = new Set<string>()
  for (const [stratum, ids] of strata)
    for (const id of shuffled(ids, salt).slice(0, quotas.get(stratum) ?? 0)) drawn.add(id)
  return drawn
}

/** How many each stratum gives, of strata of such sizes, when so many are wanted in all. */
export function quotasOf(sizes: ReadonlyMap<string, number>, wanted: number): ReadonlyMap<string, number> {
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const all = Math.min(wanted, total)
  // Whole numbers throughout: the quota is size × all / total, and the remainder is told exactly.
  const shares = [...sizes].map(([stratum, size]) => {
    const scaled = size * all
    return { stratum, whole: Math.floor(scaled / total), rest: scaled % total }
  })
  let left = all - shares.reduce((sum, { whole }) => sum + whole, 0)
  const quotas = new Map(shares.map(({ stratum, whole }) => [stratum, whole]))
  for (const { stratum, whole } of shares.sort((a, b) => b.rest - a.rest || compareText(a.stratum, b.stratum))) {
    if (left === 0) break
    quotas.set(stratum, whole + 1)
    left -= 1
  }
  return quotas
}

function grouped(contactIds: readonly string[], stratumOf: (contactId: string) => string): Map<string, string[]> {
  const strata = new Map<string, string[]>()
  for (const id of contactIds) {
    const stratum = stratumOf(id)
    const known = strata.get(stratum)
    if (known === undefined) strata.set(stratum, [id])
    else known.push(id)
  }
  return strata
}
