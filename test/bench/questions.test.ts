import { matches, type ContactInput } from 'coterie'
import { describe, expect, it } from 'vitest'
import { emptyEngine, load, ruleOf, schema } from '../../bench/lib/engine.js'
import { applyToPlain, changeOf, LiveChanges } from '../../bench/lib/live-changes.js'
import { liveQuestions } from '../../bench/lib/live-questions.js'
import { plainContacts } from '../../bench/lib/plain-contact.js'
import { now, Population } from '../../bench/lib/population.js'
import { previewQuestions } from '../../bench/lib/preview-questions.js'
import type { Question } from '../../bench/lib/question.js'
import { closureOf } from '../../bench/peers/closures.js'
import { generatedFilter } from '../../bench/peers/generated.js'

// What the benchmark measures has to be the same for all it measures: a question means to coterie what it means to code that
// is written by hand, over the same contacts and after the same changes.

const population = new Population(300)
const previews = previewQuestions.flatMap(({ variant }) => [variant(0), variant(1), variant(9)])
const questions: readonly Question[] = [...previews, ...liveQuestions(100)]

describe('the questions of the benchmark', () => {
  it('are answered alike by closures and by generated code', () => {
    const contacts = plainContacts(population)
    for (const question of questions)
      expect(contacts.filter(closureOf(question)), JSON.stringify(question)).toEqual(
        contacts.filter(generatedFilter(question)),
      )
  })

  it('are answered alike by an engine, and by the plain evaluator', () => {
    const engine = emptyEngine()
    load(engine, population)
    const contacts = plainContacts(population)
    for (const question of questions) {
      const ids = contacts.filter(closureOf(question)).map(({ id }) => id)
      expect(engine.contacts.find(ruleOf(question)), JSON.stringify(question)).toEqual(ids)
    }
    const inputs = contacts.slice(0, 40).map(({ id }) => engine.contacts.get(id) as ContactInput)
    for (const question of questions) {
      const found = inputs.filter((contact) => matches(ruleOf(question), contact, { now, schema })).map(({ id }) => id)
      expect(found, JSON.stringify(question)).toEqual(
        contacts
          .slice(0, 40)
          .filter(closureOf(question))
          .map(({ id }) => id),
      )
    }
  })

  it('are answered alike after changes', () => {
    const engine = emptyEngine()
    load(engine, population)
    const contacts = plainContacts(population)
    for (const change of new LiveChanges(population).take(2_000)) {
      const contact = contacts[change.contact] as (typeof contacts)[number]
      applyToPlain(contact, change)
      engine.apply(changeOf(change, contact.id))
    }
    for (const question of liveQuestions(100)) {
      const ids = contacts.filter(closureOf(question)).map(({ id }) => id)
      expect(engine.contacts.find(ruleOf(question)), JSON.stringify(question)).toEqual(ids)
    }
  })

  it('are of contacts that a seed decides', () => {
    const [one, other] = [new Population(50), new Population(50)]
    expect(plainContacts(one)).toEqual(plainContacts(other))
  })
})
