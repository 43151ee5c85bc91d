import { describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/engine/engine.js'
import { parseRule } from '../../src/language/parse-rule.js'
import { printRule } from '../../src/language/print/print-rule.js'
import { corpusSchema } from './corpus-schema.js'

const source = 'leadScore over 80 and has tag VIP'
const start = (): Engine<typeof corpusSchema> => createEngine({ schema: corpusSchema, now: 0, timeZone: 'UTC' })
const rule = parseRule(source, { schema: corpusSchema })

describe('the source of a definition', () => {
  it('is kept as it was written, and parses to the rule', () => {
    const engine = start()
    const segment = engine.segments.define({ id: 'a', rule, source })
    expect(segment.description).toEqual({ source })
    expect(parseRule(segment.description.source ?? '', { schema: corpusSchema, timeZone: 'UTC' })).toEqual(segment.rule)
    expect(printRule(segment.rule ?? { op: 'nobody' }, { schema: corpusSchema, timeZone: 'UTC' })).toBe(
      'leadScore > 80 and has tag "VIP"',
    )
  })

  it('stays with an equal rule and another name, and goes with another rule', () => {
    const engine = start()
    const segment = engine.segments.define({ id: 'a', rule, source })
    engine.segments.define({ id: 'a', rule: parseRule(printRule(rule)), name: 'A' })
    expect(segment.description).toEqual({ source, name: 'A' })
    engine.segments.define({ id: 'a', rule: { op: 'everyone' } })
    expect(segment.description).toEqual({ name: 'A' })
    engine.segments.define({ id: 'a', rule: { op: 'nobody' }, source: 'nobody' })
    expect(segment.description).toEqual({ name: 'A', source: 'nobody' })
    engine.segments.describe('a', { source: null })
    expect(segment.description).toEqual({ name: 'A' })
  })

  it('goes when the kind takes the rule away, or brings another', () => {
    const engine = start()
    const segment = engine.segments.define({ id: 'a', rule, source })
    engine.segments.convert('a', 'hybrid')
    expect(segment.description).toEqual({ source })
    engine.segments.convert('a', 'dynamic', { op: 'everyone' })
    expect(segment.description).toEqual({})
    engine.segments.define({ id: 'a', rule, source })
    engine.segments.convert('a', 'static')
    expect(segment.description).toEqual({})
  })

  it('goes when a tag that the rule names gets another name', () => {
    const engine = start()
    const segment = engine.segments.define({ id: 'a', rule, source })
    engine.contacts.put({ id: 'ada' })
    engine.tags.add('ada', 'VIP')
    engine.apply({ type: 'tag.rename', from: 'VIP', to: 'gold' })
    expect(printRule(segment.rule ?? { op: 'nobody' })).toContain('"gold"')
    expect(segment.description).toEqual({})
  })

  it('comes back with a batch that is refused', () => {
    const engine = start()
    const segment = engine.segments.define({ id: 'a', rule, source })
    expect(() =>
      engine.batch([
        { type: 'segment.define', id: 'a', rule: { op: 'everyone' } },
        { type: 'contact.remove', contact: 'nobody' },
      ]),
    ).toThrow()
    expect(segment.description).toEqual({ source })
  })

  it('is a text', () => {
    expect(() => start().segments.define({ id: 'a', rule, source: 3 as never })).toThrow(/CHANGE|text/)
  })
})
