import { createEngine, inSegment, rulesFor, type ChangeInput, type Engine } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullSchema } from '../arbitraries/schemas.js'
import { runs } from '../runs.js'

const { hasTag } = rulesFor(fullSchema.schema)
const tags = ['a', 'b', 'c', 'd', 'e']

/** Contacts with tags, of whom some came, went and left their room to others. */
function engineWith(held: readonly (readonly string[])[], gone: readonly number[]): Engine {
  const engine = createEngine({ now: 0 })
  const put = (id: string, own: readonly string[]): void => {
    engine.apply({ type: 'contact.put', contact: id })
    if (own.length > 0) engine.tags.add(id, own)
  }
  held.forEach((own, place) => {
    put(`c${place}`, own)
  })
  for (const place of gone) if (engine.contacts.has(`c${place}`)) engine.contacts.remove(`c${place}`)
  gone.forEach((place, n) => {
    put(`late${n}`, held[place] ?? [])
  })
  return engine
}

describe('many definitions in one batch', () => {
  it('move whom each of them moves, in the order of contacts and of segments', () => {
    const some = fc.subarray(tags)
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 40 }),
        fc.array(fc.nat(39), { maxLength: 10 }),
        fc.array(fc.constantFrom(...tags, 'ref'), { minLength: 1, maxLength: 24 }),
        (held, gone, asked) => {
          const [engine, other] = [engineWith(held, gone), engineWith(held, gone)]
          const changes = asked.map((tag, n): ChangeInput => ({
            type: 'segment.define',
            id: `s${n}`,
            rule: tag === 'ref' && n > 0 ? inSegment(`s${n - 1}`) : hasTag(tag),
          }))
          const together = engine.batch(changes).transitions
          const alone = changes.flatMap((change) => other.apply(change).transitions)
          for (const id of engine.segments.ids())
            expect([...(engine.segments.get(id)?.members() ?? [])]).toEqual([
              ...(other.segments.get(id)?.members() ?? []),
            ])
          const places = new Map(engine.contacts.ids().map((id, place) => [id, place] as const))
          const order = (move: (typeof alone)[number]): number =>
            (places.get(move.contactId) ?? NaN) * 100 + Number(move.segmentId.slice(1))
          expect(together.map(({ contactId, segmentId }) => `${contactId} ${segmentId}`)).toEqual(
            [...alone]
              .sort((a, b) => order(a) - order(b))
              .map(({ contactId, segmentId }) => `${contactId} ${segmentId}`),
          )
        },
      ),
      { numRuns: runs(200) },
    )
  })
})
