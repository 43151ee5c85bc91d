import type { Change } from '../../changes/change.js'
import type { ContactRecord } from '../../contacts/record.js'
import { drawContact, type Draw } from './draw-moment.js'
import type { TestContact } from './moment.js'
import type { Pools } from './pools.js'

/*
 * Changes to contacts, their tags, events and records, and to the clock, of a few contacts so that they meet. Each is one
 * that an engine with the world's schema takes or refuses for what is there, never one that cannot be read.
 */

const ids = ['ada', 'bob', 'cyd'] as const
const day = 86_400_000

/** A change, as of some instant. */
export function drawChange(pools: Pools, draw: Draw): Change {
  const { now } = pools.world
  const contact = pick(ids, draw)
  const made = drawContact(pools, now, draw)
  const [event] = made.events
  const [collection, record] = firstRecord(made.records)
  const tags = [pick(pools.tags.length > 1 ? pools.tags : ['vip', 'other'], draw)]
  switch (draw(10)) {
    case 0:
    case 1:
      return { type: 'contact.put', contact, attributes: made.attributes }
    case 2:
    case 3:
      return { type: 'contact.patch', contact, attributes: made.attributes }
    case 4:
      return draw(4) === 0 ? { type: 'contact.remove', contact } : { type: 'tag.remove', contacts: [contact], tags }
    case 5:
      return { type: 'tag.add', contacts: [contact], tags, holder: { kind: 'person' } }
    case 6:
    case 7:
      return event === undefined
        ? { type: 'contact.put', contact, attributes: {} }
        : {
            type: 'event.record',
            contact,
            event: { ...event, ...(draw(3) === 0 ? { id: pick(['e1', 'e2'], draw) } : {}) },
          }
    case 8:
      if (record === undefined) return { type: 'tag.add', contacts: [contact], tags, holder: { kind: 'person' } }
      return draw(4) === 0
        ? { type: 'record.remove', contact, collection, id: record.id }
        : { type: 'record.put', contact, collection, record }
    default:
      return { type: 'clock.advance', to: now + drawAdvance(pools, draw) }
  }
}

function firstRecord(records: TestContact['records']): readonly [string, ContactRecord | undefined] {
  const [collection, all] = Object.entries(records).find(([, of]) => of.length > 0) ?? ['', []]
  return [collection, all[0]]
}

/** How far a clock is moved, in ms: by nothing, by what rules name, by days, or by a millisecond more or less. */
export function drawAdvance(pools: Pools, draw: Draw): number {
  const far = pick([0, 1, 3_600_000, day, 2 * day, 31 * day, ...pools.distances], draw)
  return Math.max(0, far + draw(3) - 1)
}

function pick<T>(list: readonly T[], draw: Draw): T {
  return list[draw(list.length)] as T
}
