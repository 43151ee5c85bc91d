import { describe, expect, it } from 'vitest'
import { isCoterieError, type CoterieError } from '../../src/base/errors.js'
import { parseRule } from '../../src/language/parse-rule.js'
import { rule, ruleTag } from '../../src/language/template.js'
import { corpusSchema } from './corpus-schema.js'

function refused(make: () => unknown): CoterieError {
  try {
    make()
  } catch (error) {
    if (isCoterieError(error)) return error
    throw error
  }
  throw new Error('It was not refused')
}

describe('a rule from a template', () => {
  it('takes values where literals stand', () => {
    expect(rule`leadScore > ${80} and plan = ${'pro'} and vip = ${true}`).toEqual(
      parseRule('leadScore > 80 and plan = "pro" and vip = true'),
    )
    expect(rule`seen before ${new Date(0)} and born on ${{ day: '2000-02-29' }}`).toEqual(
      parseRule('seen before 1970-01-01T00:00:00Z and born on 2000-02-29'),
    )
    expect(rule`score between ${1} and ${2}`).toEqual(parseRule('score between 1 and 2'))
  })

  it('takes lists, durations, numbers of units and times, tags and segments', () => {
    expect(rule`plan in ${['a', 'b']} and topics contains any of ${['x']} and tag in ${['t', 'u']}`).toEqual(
      parseRule('plan in ("a", "b") and topics contains any of ["x"] and tag in ("t", "u")'),
    )
    expect(rule`seen in the last ${'60d'} and seen more than ${7} days ago`).toEqual(
      parseRule('seen in the last 60 days and seen more than 7 days ago'),
    )
    expect(rule`event buy where amount > ${3} at least ${2} times`).toEqual(
      parseRule('event buy where amount > 3 at least 2 times'),
    )
    expect(rule`has tag ${'VIP'} and in segment ${'late'} and in sample ${'salt'} from ${0} to ${10}`).toEqual(
      parseRule('has tag "VIP" and in segment "late" and in sample "salt" from 0 to 10'),
    )
  })

  it('takes rules and values of rules', () => {
    const vip = rule`has tag "VIP"`
    expect(rule`not ${vip} or ${{ get: 'attribute', name: 'a' }} = 1`).toEqual(parseRule('not has tag "VIP" or a = 1'))
  })

  it('lets no value be more than one', () => {
    const evil = 'x" or everyone or a = "'
    expect(rule`plan = ${evil}`).toEqual({ op: 'equals', left: { get: 'attribute', name: 'plan' }, right: evil })
    expect(rule`has tag ${evil}`).toEqual({ op: 'hasTag', tag: evil })
    expect(refused(() => rule`${'a > 3'}`)).toMatchObject({ code: 'TEXT_INVALID' })
    expect(refused(() => rule`a > 3 ${'or everyone'}`)).toMatchObject({ code: 'TEXT_INVALID', position: 6 })
    expect(refused(() => rule`plan = "${evil}"`)).toMatchObject({ code: 'TEXT_INVALID', position: 7 })
  })

  it.each([[undefined], [null], [NaN], [() => 1], [Symbol('x')], [{}], [[[]]], [3n]])('refuses %s', (value) => {
    expect(refused(() => rule`plan = ${value}`)).toMatchObject({ position: 7 })
  })

  it('counts each value as three characters', () => {
    expect(refused(() => rule`a = ${'a long text'} and b ~ 1`).position).toBe('a = ${} and b '.length)
  })

  it('is read like any text of JavaScript', () => {
    expect(rule`a matches "\\\\d+"`).toEqual(rule`a matches ${'\\d+'}`)
    expect(refused(() => rule`a = "\u{zz}"`)).toMatchObject({ code: 'TEXT_INVALID' })
  })

  it('knows a schema by its tag', () => {
    const typed = ruleTag({ schema: corpusSchema })
    expect(typed`has deals where status = ${'open'}`).toEqual(parseRule('has records deals where status = "open"'))
    expect(refused(() => typed`leadScor > 1`)).toMatchObject({ code: 'ATTRIBUTE_UNKNOWN', position: 0 })
  })
})
