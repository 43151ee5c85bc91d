import { DAY } from '../../base/civil.js'
import type { ContactEvent } from '../../contacts/event.js'
import type { ContactRecord } from '../../contacts/record.js'
import type { HeldTag } from '../../contacts/tag.js'
import type { TestContact, TestMoment } from './moment.js'

/*
 * Ways to make a contact and its instant smaller, largest steps first: things taken away, then values that are simpler.
 * Every step lowers the weight, so taking steps as long as one is left comes to an end.
 */

const hour = 3_600_000

/** Smaller moments than this one, each one step away. */
export function* smallerMoments({ contact, now }: TestMoment): Iterable<TestMoment> {
  for (const smaller of smallerContacts(contact)) yield { contact: smaller, now }
  for (const at of rounderInstants(now)) yield { contact, now: at }
}

/** Smaller contacts than this one, each one step away. */
export function* smallerContacts(contact: TestContact): Iterable<TestContact> {
  const { attributes, tags, events, records } = contact
  yield* withEach('records', smallerEntries(records, smallerRecords))
  yield* withEach('events', smallerList(events, smallerEvents))
  yield* withEach('tags', smallerList(tags, smallerTags))
  yield* withEach('attributes', smallerEntries(attributes, smallerValues))
  if (contact.id !== 'ada') yield { ...contact, id: 'ada' }

  function* withEach<K extends keyof TestContact>(part: K, all: Iterable<TestContact[K]>): Iterable<TestContact> {
    for (const smaller of all) yield { ...contact, [part]: smaller }
  }
}

/** Lists with an element less, and those with a smaller one. */
export function* smallerList<T>(
  list: readonly T[],
  smallerElements: (element: T) => Iterable<T>,
): Iterable<readonly T[]> {
  if (list.length > 2) {
    yield list.slice(0, list.length >> 1)
    yield list.slice(list.length >> 1)
  }
  for (const place of list.keys()) yield list.toSpliced(place, 1)
  for (const [place, element] of list.entries())
    for (const smaller of smallerElements(element)) yield list.with(place, smaller)
}

function* smallerEntries<T>(
  entries: Readonly<Record<string, T>>,
  smallerOnes: (entry: T) => Iterable<T>,
): Iterable<Readonly<Record<string, T>>> {
  for (const name of Object.keys(entries))
    yield Object.fromEntries(Object.entries(entries).filter(([other]) => other !== name))
  for (const [name, entry] of Object.entries(entries))
    for (const smaller of smallerOnes(entry))
      yield Object.fromEntries(Object.entries(entries).map(([other, held]) => [other, other === name ? smaller : held]))
}

function* smallerEvents(event: ContactEvent): Iterable<ContactEvent> {
  for (const properties of smallerEntries(event.properties, smallerValues)) yield { ...event, properties }
  for (const at of rounderInstants(event.at)) yield { ...event, at }
}

function* smallerTags(held: HeldTag): Iterable<HeldTag> {
  const plain: HeldTag = { tag: held.tag, since: 0, holders: [{ kind: 'person', at: 0 }] }
  const [holder] = held.holders
  if (held.since !== 0) yield { ...held, since: 0, holders: held.holders.map((one) => ({ ...one, at: 0 })) }
  if (holder?.kind !== 'person' || holder.by !== undefined) yield { ...plain, since: held.since }
}

function* smallerRecords(records: readonly ContactRecord[]): Iterable<readonly ContactRecord[]> {
  yield* smallerList(records, function* (record) {
    const { id, ...fields } = record
    for (const smaller of smallerEntries(fields, smallerValues)) yield { ...smaller, id }
  })
}

/** Simpler values of the same type. Texts stay: a schema may know only a few. */
function* smallerValues<T>(value: T): Iterable<T> {
  if (typeof value === 'number') yield* rounderNumbers(value) as Iterable<T>
  else if (value === true) yield false as T
  else if (Array.isArray(value)) for (const place of value.keys()) yield value.toSpliced(place, 1) as T
  else if (typeof value === 'object' && value !== null && 'instant' in value)
    for (const instant of rounderInstants(value.instant as number)) yield { instant } as T
}

/** Whole and smaller numbers before others; by powers of ten, so that few steps lead far. */
function* rounderNumbers(value: number): Iterable<number> {
  if (!Number.isInteger(value)) {
    for (const whole of [Math.trunc(value) + 0, Math.ceil(value) + 0]) if (Number.isSafeInteger(whole)) yield whole
  } else if (value < 0) yield -value
  else if (value > 1) {
    yield 0
    for (let step = 10 ** Math.floor(Math.log10(value)); step >= 1; step = Math.floor(step / 10))
      if (value - step < value) yield value - step
  }
}

/** The beginning of the day, the hour, the minute, the second, where that is not the instant itself. */
function* rounderInstants(at: number): Iterable<number> {
  for (const step of [DAY, hour, 60_000, 1000]) {
    if (at % step === 0) return
    yield Math.floor(at / step) * step
    yield Math.ceil(at / step) * step
  }
}
