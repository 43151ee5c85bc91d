import { lowestBit } from '../base/words.js'
import type { EventItems } from '../rules/ast.js'
import { eachScan } from './each-scan.js'
import { eventRows, visitRows, type EventRows } from './event-rows.js'
import type { Population } from './population.js'
import { nobodyScan, type Scan } from './scan.js'

/** Contacts that have such an event; undefined where rows do not tell. */
export function someEventScan(items: EventItems, population: Population): Scan | undefined {
  const rows = eventRows(items, population)
  if (rows === undefined) return undefined
  if (rows === 'none') return nobodyScan
  return rows.where === undefined ? inTimeScan(rows) : eachScan(12, isThere(rows))
}

function isThere(rows: EventRows): (ordinal: number) => boolean {
  let found = false
  const stop = (): boolean => {
    found = true
    return false
  }
  return (ordinal) => {
    found = false
    visitRows(rows, ordinal, stop)
    return found
  }
}

/** Of most contacts the last event decides: it lies in the window, or before it. Only where it lies after, the run is searched. */
function inTimeScan({ table, from, to }: EventRows): Scan {
  const { instants, runs } = table
  const { starts, counts } = runs
  return {
    cost: 5,
    fill(into, within, first) {
      for (let i = 0; i < into.length; i += 1) {
        let word = 0
        for (let bits = within[i] as number; bits !== 0; bits &= bits - 1) {
          const ordinal = lowestBit(first + i, bits)
          const count = ordinal < counts.length ? (counts[ordinal] as number) : 0
          if (count === 0) continue
          const last = instants[(starts[ordinal] as number) + count - 1] as number
          if (last < from) continue
          if (last < to || table.rowFrom(ordinal, to) > table.rowFrom(ordinal, from)) word |= bits & -bits
        }
        into[i] = word
      }
    },
  }
}
