import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { ContactView } from '../../src/contacts/contact.js'
import type { Value } from '../../src/contacts/value.js'
import { LeafIndex } from '../../src/predicates/leaf-index.js'
import type { Leaf } from '../../src/predicates/leaf.js'
import { WindowClock } from '../../src/predicates/window-clock.js'
import type { LeafRule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import { runs } from '../runs.js'

/*
 * Held to asking every leaf of every contact at every instant that counts:
 * 1. Between two due instants no truth changes.
 * 2. At a due instant every leaf and contact whose truth changes is visited.
 */

const timeZone = 'Europe/Berlin'
const hour = 3_600_000
/** The evening before clocks go forward. */
const start = Date.parse('2026-03-28T20:00:00Z')
const left = { get: 'attribute', name: 'date' } as const

const leaves: readonly LeafRule[] = [
  { op: 'inLast', left, duration: '1d' },
  { op: 'inLast', left, duration: 'P1M', timeZone },
  { op: 'moreThanAgo', left, duration: '36h' },
  { op: 'inNext', left, duration: '1d' },
  { op: 'betweenAgo', left, from: '1h', to: '2d' },
  { op: 'inCalendar', left, period: { period: 'this', unit: 'day' }, timeZone },
  { op: 'inCalendar', left, period: { period: 'last', unit: 'day', count: 2, current: false }, timeZone },
  { op: 'anniversaryIn', left, days: 2, current: true, timeZone },
]

const date = fc.oneof<fc.Arbitrary<Value | undefined>[]>(
  fc.integer({ min: -60, max: 60 }).map((hours) => ({ instant: start + hours * hour })),
  fc.constantFrom({ day: '2026-03-28' }, { day: '2026-03-29' }, { day: '1990-03-30' }),
  fc.constant(undefined),
)
const steps = fc.array(fc.oneof(fc.tuple(fc.nat(2), date), fc.constant('advance' as const)), { maxLength: 25 })

function view(value: Value | undefined): ContactView {
  return viewOf({
    id: 'ada',
    attributes: value === undefined ? {} : { date: value },
    tags: [],
    events: [],
    records: {},
  })
}

describe('the clock of windows', () => {
  it('visits whatever time flips, when it does', () => {
    const property = fc.property(fc.subarray([...leaves], { minLength: 1 }), steps, (rules, script) => {
      const clock = new WindowClock<string>(timeZone)
      const index = new LeafIndex<string>()
      const contacts = new Map<number, Value | undefined>([0, 1, 2].map((ordinal) => [ordinal, undefined]))
      let now = start
      const { added } = index.replace('owner', undefined, { op: 'any', rules })
      const stored = () => [...contacts].map(([ordinal, value]) => ({ ordinal, view: view(value) }))
      for (const leaf of added) clock.watch(leaf, stored, now)

      const truths = (at: number): ReadonlyMap<string, boolean> => {
        const found = new Map<string, boolean>()
        for (const leaf of added) {
          for (const [ordinal, value] of contacts) {
            const scope = { contact: view(value), now: at, timeZone, inSegment: () => false }
            found.set(key(leaf, ordinal), holds(leaf.rule, scope))
          }
        }
        return found
      }
      const advance = (): void => {
        const next = clock.nextAt
        const until = next ?? now + 100 * hour
        const before = truths(now)
        expect(truths(until - 1)).toEqual(before)
        if (next === undefined) return
        now = next
        const visited = new Set<string>()
        clock.takeDue(
          now,
          (ordinal) => view(contacts.get(ordinal)),
          (leaf, ordinal) => visited.add(key(leaf, ordinal)),
        )
        for (const [each, truth] of truths(now)) if (truth !== before.get(each)) expect(visited).toContain(each)
        expect(clock.nextAt ?? Infinity).toBeGreaterThan(now)
      }

      for (const step of script) {
        if (step === 'advance') {
          advance()
          continue
        }
        const [ordinal, value] = step
        const before = contacts.get(ordinal)
        contacts.set(ordinal, value)
        const changed = {
          attributes: new Map([['date', before]]),
          tags: new Map<string, never>(),
          events: new Map<string, never>(),
          records: new Map<string, never>(),
        }
        clock.contactChanged(ordinal, view(before), view(value), changed, now)
      }
      for (let i = 0; i < 10; i++) advance()
      for (const leaf of added) clock.unwatch(leaf)
      expect(clock.nextAt).toBeUndefined()
    })
    fc.assert(property, { numRuns: runs(150) })
  })
})

function key(leaf: Leaf<string>, ordinal: number): string {
  return `${leaf.key} of ${ordinal}`
}
