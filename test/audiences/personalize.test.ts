import { attribute, createEngine, hasTag, type ContactHandle } from 'coterie'
import { personalize } from 'coterie/audiences'
import { describe, expect, expectTypeOf, it } from 'vitest'

function adaWith(...tags: string[]): ContactHandle {
  const engine = createEngine({ now: 0 })
  engine.segments.define({ id: 'vip', rule: hasTag('VIP'), data: { greeting: 'Your Grace' } })
  engine.segments.define({ id: 'plain', rule: hasTag('plain') })
  engine.contacts.put({ id: 'ada', attributes: { age: 36 } })
  if (tags.length > 0) engine.tags.add('ada', tags)
  return engine.contact('ada')
}

describe('personalize', () => {
  it('gives the first variant that is for the contact', () => {
    const variants = [
      { when: 'vip', then: 'V' },
      { when: hasTag('plain'), then: 'P' },
      { when: { id: 'plain' }, then: 'never' },
    ]
    expect(personalize(adaWith('VIP', 'plain'), variants, 'D')).toBe('V')
    expect(personalize(adaWith('plain'), variants, 'D')).toBe('P')
    expect(personalize(adaWith(), variants, 'D')).toBe('D')
  })

  it('makes a variant of the data of the segment, and of the contact', () => {
    const greet = (contact: ContactHandle): string =>
      personalize<string>(
        contact,
        [
          { when: 'vip', then: (data) => (data as { greeting: string }).greeting },
          { when: attribute('age').atLeast(18), then: (data, { id }) => `${String(data)} ${id}` },
        ],
        () => 'nobody',
      )
    expect(greet(adaWith('VIP'))).toBe('Your Grace')
    expect(greet(adaWith())).toBe('undefined ada')
  })

  it('asks no further than it needs to, and nothing of a segment that is gone', () => {
    const wrong = { op: 'no such operator' } as never
    expect(
      personalize(
        adaWith('VIP'),
        [
          { when: 'gone', then: 0 },
          { when: 'vip', then: 1 },
          { when: wrong, then: 2 },
        ],
        3,
      ),
    ).toBe(1)
    expect(() => personalize(adaWith(), [{ when: wrong, then: 2 }], 3)).toThrow()
  })

  it('is typed by what the variants are', () => {
    const route = personalize(adaWith(), [{ when: 'vip', then: 'human' }], 'bot')
    expectTypeOf(route).toEqualTypeOf<'human' | 'bot'>()
    const either = personalize<'human' | 'bot'>(adaWith(), [{ when: 'vip', then: 'human' }], 'bot')
    expectTypeOf(either).toEqualTypeOf<'human' | 'bot'>()
    // @ts-expect-error: not one of them
    personalize<'human' | 'bot'>(adaWith(), [{ when: 'vip', then: 'humn' }], 'bot')
  })
})
