import { describe, expect, it } from 'vitest'
import { completeRule } from '../../src/language/complete.js'
import { corpusSchema, corpusSegments } from './corpus-schema.js'

const options = { schema: corpusSchema, segments: corpusSegments, tags: ['VIP', 'hot-lead'] }

/** What is suggested at the place of `|`. */
function suggested(marked: string): readonly string[] {
  const cursor = marked.indexOf('|')
  return completeRule(marked.replace('|', ''), cursor, options).suggestions.map(({ text }) => text)
}

describe('completions', () => {
  it.each([
    ['le|', ['leadScore', 'length of']],
    ['plan = "p|', ['"pro"']],
    ['plan = “p|', ['"pro"']],
    ['has tag |', ['"VIP"', '"hot-lead"', 'like']],
    ['has tag "h|', ['"hot-lead"']],
    ['in segment |', ['"vip"', '"Customers"']],
    ['has deals where st|', ['status']],
    ['createdAt in the |', ['last', 'past', 'next']],
    ['createdAt in the la|', ['last']],
    ['tag "VIP" held by |', ['person', 'campaign', 'import', 'behaviour', 'rule']],
    ['`first| name` = "x"', ['`first name`']],
    ['fi|', ['`first name`', 'first']],
    ['leadScore > 1 or le| = 3', ['leadScore', 'length of']],
    ['nonsense here and su|', ['subscribed', 'sum of']],
    ['count of orders.|', ['lines']],
    ['last records orders by |', ['id', 'total', 'placedAt']],
    ['createdAt in the last 7 days wit|', ['with weeks from']],
    [
      'anniversary of birthday in the next 7 days |',
      ['including today', 'with leap days in march', 'in time zone', 'in zone', 'with weeks from', 'and', 'or'],
    ],
    ['(plan = "pro" |', ['*', '/', '+', '-', 'and', 'or', ')']],
  ])('%s', (text, expected) => {
    expect(suggested(text)).toEqual(expected)
  })

  it('begin with the values of a field, then names, then words', () => {
    expect(suggested('plan = |').slice(0, 4)).toEqual(['"free"', '"pro"', '"team"', 'email'])
    expect(suggested('subscribed = |').slice(0, 2)).toEqual(['true', 'false'])
    expect(suggested('has deals where |').slice(0, 4)).toEqual(['id', 'status', 'value', 'closesAt'])
  })

  it('are of comparisons that the type of the value has', () => {
    expect(suggested('leadScore |')).toEqual(expect.arrayContaining(['>', 'between', '=']))
    expect(suggested('leadScore |')).not.toEqual(expect.arrayContaining(['contains']))
    expect(suggested('leadScore |')).not.toContain('in the last')
    expect(suggested('createdAt |')).toEqual(expect.arrayContaining(['in the last', 'before', 'today']))
    expect(suggested('topics |')).toContain('contains any of')
    expect(suggested('has deals where status |')).not.toContain('>')
  })

  it('leave out what cannot stand in a condition on an event or record', () => {
    const words = suggested('has purchase where |')
    expect(words).toEqual(expect.arrayContaining(['product', 'not', 'leadScore']))
    for (const word of ['has tag', 'in segment', 'contact id', 'event', 'purchase']) expect(words).not.toContain(word)
  })

  it('say which events are meant where an attribute has their name', () => {
    const { suggestions } = completeRule('ord', 3, options)
    expect(suggestions).toContainEqual({ text: 'orders', kind: 'attribute' })
    expect(suggestions).toContainEqual({ text: 'event orders', kind: 'event' })
  })

  it('replace what was begun', () => {
    expect(completeRule('leadScore > 1 and su', 20, options)).toMatchObject({ start: 18, end: 20 })
    expect(completeRule('has tag "VI', 99, options)).toMatchObject({ start: 8, end: 11 })
    expect(completeRule('', -3, options)).toMatchObject({ start: 0, end: 0 })
  })

  it('are few, whatever there is', () => {
    const tags = Array.from({ length: 5000 }, (_, place) => `tag ${place}`)
    expect(completeRule('has tag ', 8, { tags }).suggestions).toHaveLength(200)
    expect(completeRule('has tag "tag 4999', 17, { tags }).suggestions).toEqual([{ text: '"tag 4999"', kind: 'tag' }])
  })
})
