import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contact } from '../../src/contacts/contact.js'
import { viewOf } from '../../src/contacts/contact-view.js'
import { isLiteral, type LeafRule, type Operand, type Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import {
  fieldsOf,
  isMovedByTime,
  leavesOf,
  operandFields,
  operandsOf,
  referencesOf,
  walkRule,
} from '../../src/rules/rule-walk.js'
import { runs } from '../runs.js'
import { attr } from './asking.js'
import { worlds } from './small-rules.js'

/*
 * Laws:
 *
 * 1. A path leads from the outermost rule to the node, or operand, that it was given with.
 * 2. A leaf asks a contact for nothing that `fieldsOf` does not name.
 */

const vip: LeafRule = { op: 'hasTag', tag: 'VIP' }
const adult: LeafRule = { op: 'atLeast', left: attr('age'), right: 18 }

/** What lies at a path of plain JSON. */
function follow(from: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((at, step) => (at as Record<string | number, unknown>)[step], from)
}

const anyRule = fc.constantFrom(...worlds).chain((world) => world.rule(['a', 'b']))
const anyLeaf = fc.constantFrom(...worlds).chain((world) => fc.tuple(world.leaf(), world.contact, world.instant))

describe('walkRule', () => {
  it('visits each rule before those inside it, in order', () => {
    const rule: Rule = { op: 'all', rules: [vip, { op: 'not', rule: { op: 'someOf', count: 1, rules: [adult, vip] } }] }
    const visited: unknown[] = []
    walkRule(rule, (node, path) => visited.push([node.op, path.join('.')]))
    expect(visited).toEqual([
      ['all', ''],
      ['hasTag', 'rules.0'],
      ['not', 'rules.1'],
      ['someOf', 'rules.1.rule'],
      ['atLeast', 'rules.1.rule.rules.0'],
      ['hasTag', 'rules.1.rule.rules.1'],
    ])
  })

  it('1. gives paths that lead there', () => {
    const law = (rule: Rule): void => {
      walkRule(rule, (node, path) => expect(follow(rule, path)).toBe(node))
      for (const { leaf, path } of leavesOf(rule)) {
        expect(follow(rule, path)).toBe(leaf)
        for (const { operand, path: step } of operandsOf(leaf)) expect(follow(leaf, step)).toBe(operand)
      }
    }
    fc.assert(fc.property(anyRule, law), { numRuns: runs(200) })
  })
})

it('leavesOf gives every leaf, equal ones too, and nothing else', () => {
  const rule: Rule = {
    op: 'any',
    rules: [vip, { op: 'everyone' }, { op: 'inSegment', segment: 'x' }, { op: 'not', rule: vip }],
  }
  expect(leavesOf(rule)).toEqual([
    { leaf: vip, path: ['rules', 0] },
    { leaf: vip, path: ['rules', 3, 'rule'] },
  ])
  expect(leavesOf(vip)).toEqual([{ leaf: vip, path: [] }])
})

it('referencesOf gives each segment once', () => {
  const to = (segment: string): Rule => ({ op: 'inSegment', segment })
  const rule: Rule = { op: 'all', rules: [to('b'), { op: 'not', rule: to('a') }, to('b'), to('__proto__')] }
  expect([...referencesOf(rule)]).toEqual(['b', 'a', '__proto__'])
  expect(referencesOf(vip).size).toBe(0)
})

it('operandsOf gives the direct operands, literals too', () => {
  const doubled = { get: 'times', left: attr('a'), right: 2 } as const
  expect(operandsOf({ op: 'between', left: doubled, low: 0, high: attr('b') })).toEqual([
    { operand: doubled, path: ['left'] },
    { operand: 0, path: ['low'] },
    { operand: attr('b'), path: ['high'] },
  ])
  expect(operandsOf({ op: 'in', left: attr('a'), right: ['x', attr('b')] })).toEqual([
    { operand: attr('a'), path: ['left'] },
    { operand: 'x', path: ['right', 0] },
    { operand: attr('b'), path: ['right', 1] },
  ])
  expect(operandsOf(vip)).toEqual([])
})

describe('fieldsOf', () => {
  it('names attributes, tags, and whether any tag counts', () => {
    const read = (leaf: LeafRule): unknown => {
      const { attributes, tags, anyTag } = fieldsOf(leaf)
      return [[...attributes], [...tags], anyTag]
    }
    expect(read(vip)).toEqual([[], ['VIP'], false])
    expect(read({ op: 'hasNoneOfTags', tags: ['a', 'b'] })).toEqual([[], ['a', 'b'], false])
    expect(read({ op: 'hasTagLike', pattern: 'a*' })).toEqual([[], [], true])
    expect(read({ op: 'tagHeldBy', tag: 'a', holder: 'person' })).toEqual([[], ['a'], false])
    expect(read({ op: 'in', left: attr('a'), right: [{ get: 'length', of: attr('b') }] })).toEqual([
      ['a', 'b'],
      [],
      false,
    ])
    expect(read({ op: 'atLeast', left: { get: 'tagCount' }, right: 1 })).toEqual([[], [], true])
    expect(read({ op: 'inLast', left: { get: 'tagAdded', tag: 'a' }, duration: '1d' })).toEqual([[], ['a'], false])
    expect(read({ op: 'inSample', salt: 's', from: 0, to: 1 })).toEqual([[], [], false])
    expect(read({ op: 'equals', left: { get: 'contactId' }, right: 'ada' })).toEqual([[], [], false])
  })

  it('names events and records, and says whether time moves which of them count', () => {
    const read = (leaf: LeafRule): unknown => {
      const { attributes, events, records, itemsMove } = fieldsOf(leaf)
      return [[...attributes], [...events], [...records], itemsMove]
    }
    const window = { window: 'inLast', duration: '1d' } as const
    const deals = { records: ['deals'] } as const
    const property = (name: string) => ({ get: 'property', name }) as const
    const asks: Rule = { op: 'all', rules: [{ op: 'equals', left: property('status'), right: attr('wanted') }, vip] }
    const isNew: Rule = { op: 'inLast', left: property('madeAt'), duration: '1d' }
    const lines: Rule = { op: 'some', of: { records: ['lines'] } }
    const recentLines: Rule = { op: 'some', of: { records: ['lines'], by: 'at', window } }
    expect(read({ op: 'some', of: { events: 'buy' } })).toEqual([[], ['buy'], [], true])
    expect(read({ op: 'some', of: deals })).toEqual([[], [], ['deals'], false])
    expect(read({ op: 'none', of: { records: ['deals', 'lines'] } })).toEqual([[], [], ['deals'], false])
    expect(read({ op: 'some', of: { ...deals, by: 'at', window } })).toEqual([[], [], ['deals'], true])
    expect(read({ op: 'some', of: { ...deals, where: asks } })).toEqual([['wanted'], [], ['deals'], false])
    expect(read({ op: 'some', of: { ...deals, where: isNew } })).toEqual([[], [], ['deals'], true])
    expect(read({ op: 'every', of: deals, rule: asks })).toEqual([['wanted'], [], ['deals'], false])
    expect(read({ op: 'every', of: deals, rule: isNew })).toEqual([[], [], ['deals'], true])
    expect(read({ op: 'every', of: deals, rule: lines })).toEqual([[], [], ['deals'], false])
    expect(read({ op: 'every', of: deals, rule: recentLines })).toEqual([[], [], ['deals'], true])
    expect(
      read({ op: 'atLeast', left: { get: 'sum', of: deals, value: property('value') }, right: attr('least') }),
    ).toEqual([['least'], [], ['deals'], false])
    const priced: Operand = { get: 'times', left: property('value'), right: attr('rate') }
    expect(read({ op: 'exists', left: { get: 'sum', of: deals, value: priced } })).toEqual([
      ['rate'],
      [],
      ['deals'],
      false,
    ])
    const steps = [{ of: { events: 'see' } }, { of: { events: 'buy', where: asks } }]
    expect(read({ op: 'sequence', steps })).toEqual([['wanted'], ['see', 'buy'], [], true])
  })

  it('tells which leaves time moves: windows, anniversaries, and what is over items that it moves', () => {
    const left = attr('a')
    expect(isMovedByTime({ op: 'inLast', left, duration: '1d' })).toBe(true)
    expect(isMovedByTime({ op: 'anniversaryIn', left, days: 1, current: true })).toBe(true)
    expect(isMovedByTime({ op: 'some', of: { events: 'see' } })).toBe(true)
    expect(isMovedByTime({ op: 'some', of: { records: ['deals'] } })).toBe(false)
    expect(isMovedByTime({ op: 'exists', left })).toBe(false)
  })

  it('2. names all that a leaf reads', () => {
    const law = ([leaf, contact, now]: readonly [LeafRule, Contact, number]): void => {
      const fields = fieldsOf(leaf)
      const view = viewOf(contact)
      const watched = {
        id: view.id,
        attribute: (name: string) => {
          expect(fields.attributes).toContain(name)
          return view.attribute(name)
        },
        tag: (name: string) => {
          expect(fields.tags).toContain(name)
          return view.tag(name)
        },
        tags: () => {
          expect(fields.anyTag).toBe(true)
          return view.tags()
        },
        get tagCount() {
          expect(fields.anyTag).toBe(true)
          return view.tagCount
        },
        events: (type: string) => {
          expect(fields.events).toContain(type)
          return view.events(type)
        },
        folded: (type: string) => {
          expect(fields.events).toContain(type)
          return view.folded(type)
        },
        countEvents: (type: string, from: number, to: number) => {
          expect(fields.events).toContain(type)
          return view.countEvents(type, from, to)
        },
        records: (collection: string) => {
          expect(fields.records).toContain(collection)
          return view.records(collection)
        },
      }
      holds(leaf, { contact: watched, now, timeZone: 'UTC', inSegment: () => false })
      for (const { operand } of operandsOf(leaf)) {
        const { attributes, tags, events, records } = operandFields(operand)
        for (const name of attributes) expect(fields.attributes).toContain(name)
        for (const name of tags) expect(fields.tags).toContain(name)
        for (const type of events) expect(fields.events).toContain(type)
        for (const collection of records) expect(fields.records).toContain(collection)
        if (isLiteral(operand)) expect(attributes.size + tags.size).toBe(0)
      }
    }
    fc.assert(fc.property(anyLeaf, law), { numRuns: runs(500) })
  })
})
