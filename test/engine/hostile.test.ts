import {
  attribute,
  contactId,
  everyone,
  hasTag,
  inSegment,
  tag,
  type ChangeInput,
  type Engine,
  type Rule,
} from 'coterie'
import { describe, expect, it } from 'vitest'
import { hostileValues, placesIn, withValueAt } from '../changes/hostile-values.js'
import { validChanges } from './hostile-changes.js'
import { digestOf, expectSound, hostileEngine, prototypeNames, refusalOf } from './hostile-engine.js'
import { membersOf, newEngine, refusal, start } from './scene.js'

describe('a wrong value in every place of every change', () => {
  it.each(validChanges.map((change) => [change.type, change] as const))('%s', (type, change) => {
    const prototypes = prototypeNames()
    let engine = hostileEngine()
    for (const [name, make] of hostileValues) {
      for (let place = 0; place < placesIn(change); place++) {
        const wrong = withValueAt(change, place, make()) as ChangeInput
        const before = digestOf(engine)
        const error = refusalOf(
          () => engine.apply(wrong),
          () => `${type} with ${name} in place ${place}`,
        )
        if (error === undefined) engine = hostileEngine()
        else expect(digestOf(engine)).toBe(before)
      }
    }
    expectSound(engine)
    expect(prototypeNames()).toEqual(prototypes)
  })
})

/** So many levels of one in another. */
function deep(levels: number, wrap: (inner: unknown) => unknown, inmost: unknown): unknown {
  let value = inmost
  for (let level = 0; level < levels; level++) value = wrap(value)
  return value
}

describe('what is deep, huge or endless', () => {
  const wraps: readonly (readonly [string, (inner: unknown) => unknown])[] = [
    ['not', (rule) => ({ op: 'not', rule })],
    ['all', (rule) => ({ op: 'all', rules: [rule] })],
    ['some of', (rule) => ({ op: 'someOf', count: 1, rules: [rule] })],
  ]

  it.each(wraps)('a rule of 100,000 times %s is refused wherever a rule is taken', (_, wrap) => {
    const engine = hostileEngine()
    const before = digestOf(engine)
    const rule = deep(100_000, wrap, everyone) as Rule
    const uses = [
      () => engine.segments.define({ id: 'new', rule }),
      () => engine.segments.define({ id: 'hand', rule }),
      () => engine.segments.convert('vip', 'hybrid', rule),
      () => engine.segments.preview(rule),
      () => engine.segments.compare('vip', rule),
      () => engine.contacts.find(rule),
      () => engine.batch([{ type: 'segment.define', id: 'new', rule }]),
    ]
    for (const use of uses) expect(refusal(use).code).toBe('LIMIT_EXCEEDED')
    expect(digestOf(engine)).toBe(before)
  })

  it('an operand of 100,000 levels is refused', () => {
    const operand = deep(100_000, (left) => ({ get: 'plus', left, right: 1 }), { get: 'tagCount' })
    const rule = { op: 'equals', left: operand, right: 1 } as Rule
    expect(refusal(() => hostileEngine().segments.preview(rule)).code).toBe('LIMIT_EXCEEDED')
  })

  it('a rule that holds itself is refused', () => {
    const rule: Record<string, unknown> = { op: 'all' }
    rule['rules'] = [rule, rule]
    expect(refusal(() => hostileEngine().segments.preview(rule as unknown as Rule)).code).toBe('LIMIT_EXCEEDED')
  })

  it('a rule at the limit is taken, and works', () => {
    const engine = hostileEngine()
    const deepest = deep(63, (rule) => ({ op: 'not', rule }), hasTag('vip')) as Rule
    expect(engine.contacts.find(deepest)).toEqual(['bob', 'dan'])
    const wide: Rule = { op: 'any', rules: Array.from({ length: 9_998 }, (_, i) => hasTag(`tag ${i}`)) }
    engine.segments.define({ id: 'wide', rule: wide })
    engine.tags.add('ada', 'tag 9997')
    expect(membersOf(engine, 'wide')).toEqual(['ada'])
  })

  it('lists, texts and names over the limit are refused', () => {
    const engine = hostileEngine()
    const list = Array.from({ length: 10_001 }, (_, i) => `${i}`)
    const uses = [
      () => engine.contacts.patch('ada', { likes: list }),
      () => engine.contacts.patch('ada', { text: 'x'.repeat(1_000_001) }),
      () => engine.contacts.patch('ada', { ['x'.repeat(513)]: 1 }),
      () => engine.contacts.put({ id: 'x'.repeat(513) }),
      () => engine.tags.add('ada', list),
      () => engine.tags.add('ada', 'x'.repeat(513)),
      () => engine.segments.preview(attribute('plan').in(list)),
      () => engine.segments.define({ id: 'x'.repeat(513), rule: everyone }),
      () => engine.segments.define({ id: 'x', rule: everyone, data: deep(65, (inner) => [inner], 1) }),
      () => engine.segments.define({ id: 'x', rule: everyone, data: Array.from({ length: 10_001 }, () => 1) }),
    ]
    for (const use of uses) expect(refusal(use).code).toBe('LIMIT_EXCEEDED')
  })
})

describe('a hostile pattern', () => {
  const text = 'a'.repeat(20_000)

  it.each(['(a+)+$', '(a|a)*b', '(a*)*b', '(.*)*x', '(a|aa)+$', 'a{1,1000}b'])(
    '%s takes time in line with the text',
    (pattern) => {
      const engine = newEngine()
      engine.contacts.put({ id: 'ada', attributes: { text: `${text}!` } })
      engine.segments.define({ id: 's', rule: attribute('text').matches(pattern) })
      engine.contacts.patch('ada', { text: `${text}b` })
      expect(engine.segments.get('s')?.count).toBeLessThanOrEqual(1)
    },
  )

  it.each([
    '(',
    ')',
    '[',
    'a{',
    'a{2,1}',
    'a{1001}',
    '\\',
    '(?=a)',
    '\\1',
    '(?<a>a)',
    '*',
    'a**',
    '(a{1000}){1000}',
    '['.repeat(9_999),
  ])('%s is refused', (pattern) => {
    const rule = { op: 'matches', left: { get: 'contactId' }, pattern } as Rule
    const error = refusal(() => hostileEngine().segments.define({ id: 's', rule }))
    expect(['PATTERN_INVALID', 'LIMIT_EXCEEDED']).toContain(error.code)
    expect(refusal(() => contactId().matches(pattern)).code).toBe(error.code)
  })
})

describe('reserved names', () => {
  const words = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'then',
    '__defineGetter__',
  ]

  function reserved(): Engine {
    const engine = newEngine()
    for (const word of words) {
      engine.contacts.put({ id: word, attributes: JSON.parse(`{ "${word}": "${word}" }`) as Record<string, string> })
      engine.contacts.identify(word, { channel: word, id: word })
      engine.tags.add(word, word, { kind: 'campaign', by: word })
    }
    return engine
  }

  it('are names like any other', () => {
    const prototypes = prototypeNames()
    const engine = reserved()
    for (const word of words) {
      const rules = [
        attribute(word).equals(word),
        attribute(word).exists(),
        hasTag(word),
        tag(word).heldBy('campaign', word),
      ]
      for (const rule of rules) expect(engine.contacts.find(rule)).toEqual([word])
      expect(engine.contact({ channel: word, id: word }).id).toBe(word)
      expect(Object.entries(engine.contacts.get(word)?.attributes ?? {})).toEqual([[word, word]])
      const segment = engine.segments.define({ id: word, rule: hasTag(word), data: JSON.parse(`{ "${word}": 1 }`) })
      engine.segments.define({ id: `also ${word}`, rule: inSegment(word) })
      expect(segment.count).toBe(1)
      expect(Object.keys(segment.description.data as object)).toEqual([word])
      expect(engine.segments.of(word)).toEqual([word, `also ${word}`])
    }
    for (const word of words) {
      engine.contacts.patch(word, JSON.parse(`{ "${word}": null }`) as Record<string, null>)
      expect(engine.contacts.get(word)?.attributes).toEqual({})
      engine.tags.remove(word, word)
      engine.contacts.remove(word)
      engine.segments.remove(`also ${word}`)
      engine.segments.remove(word)
    }
    expect(engine.statistics()).toMatchObject({ contacts: 0, segments: 0, leaves: 0 })
    expect(prototypeNames()).toEqual(prototypes)
  })

  it('that nobody gave find nothing', () => {
    const engine = newEngine()
    engine.contacts.put({ id: 'ada' })
    for (const word of words) {
      expect(engine.contacts.find(attribute(word).exists())).toEqual([])
      expect(engine.contact('ada').get(word)).toBeUndefined()
      expect(engine.contacts.has(word)).toBe(false)
      expect(engine.segments.get(word)).toBeUndefined()
      expect(engine.tags.has('ada', word)).toBe(false)
      expect(refusal(() => engine.apply({ type: word } as unknown as ChangeInput)).code).toBe('CHANGE_INVALID')
      expect(refusal(() => engine.segments.preview({ op: word } as unknown as Rule)).code).toBe('RULE_INVALID')
      const operand = { op: 'exists', left: { get: word } } as unknown as Rule
      expect(refusal(() => engine.segments.preview(operand)).code).toBe('RULE_INVALID')
    }
  })
})

describe('what changes while it is read', () => {
  it('is read once: what was checked is what is applied', () => {
    const engine = newEngine()
    let asked = 0
    const id = { get: () => `c${asked++}`, enumerable: true }
    engine.contacts.put(Object.defineProperty({}, 'id', id) as { id: string })
    expect(engine.contacts.ids()).toEqual(['c0'])
    const attributes = Object.defineProperty({}, 'plan', {
      get: () => (asked++ % 2 === 0 ? 'a' : Symbol('s')),
      enumerable: true,
    })
    refusalOf(
      () => engine.contacts.patch('c0', attributes),
      () => 'patch',
    )
    expect([undefined, 'a']).toContain(engine.contact('c0').get('plan'))
  })

  it('what the host does to its objects later changes nothing', () => {
    const engine = newEngine()
    const put = { id: 'ada', attributes: { likes: ['a'], seen: new Date(start) } }
    const rule = { op: 'containsAny', left: { get: 'attribute', name: 'likes' }, right: ['a'] } as const
    const define = { id: 's', rule: { ...rule, right: ['a'] } }
    engine.contacts.put(put)
    engine.segments.define(define)
    put.attributes.likes.push('b')
    put.attributes.seen.setTime(0)
    define.rule.right[0] = 'b'
    expect(engine.contacts.get('ada')?.attributes).toEqual({ likes: ['a'], seen: { instant: start } })
    engine.contacts.put({ id: 'bob', attributes: { likes: ['b'] } })
    expect(membersOf(engine, 's')).toEqual(['ada'])
  })
})
