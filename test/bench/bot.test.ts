import { describe, expect, it } from 'vitest'
import { asQuestion, botContact, botQuestions, Messages } from '../../bench/lib/bot.js'
import { botRule, coterieBot } from '../../bench/lib/coterie-bot.js'
import { emptyEngine, load } from '../../bench/lib/engine.js'
import { Population } from '../../bench/lib/population.js'
import { closureOf, closures } from '../../bench/peers/closures.js'
import { allRulesBot, variantsBot } from '../../bench/peers/filter-bot.js'

// The bots of the benchmark are one bot: their segments mean the same, and they give the same answers to the same messages.

const population = new Population(200)
const questions = botQuestions(120)

describe('the bots of the benchmark', () => {
  it('ask the same of contacts', () => {
    const engine = emptyEngine()
    load(engine, population)
    const contacts = Array.from({ length: population.size }, (_, contact) => botContact(population, contact))
    for (const question of questions) {
      const ids = contacts.filter(closureOf(asQuestion(question))).map(({ id }) => id)
      expect(engine.contacts.find(botRule(question)), JSON.stringify(question)).toEqual(ids)
    }
  })

  it.each(['message', 'purchase'] as const)('answer each %s alike, and know of the same transitions', async (type) => {
    const bots = await Promise.all(
      [coterieBot, allRulesBot(closures), variantsBot(closures)].map(({ start }) => start(population, questions)),
    )
    const before = bots.map((bot) => bot.transitions() ?? 0)
    const messages = new Messages(population.size, 0, type).take(300)
    for (const bot of bots) bot.prepare?.(messages)
    const [first, ...others] = bots.map((bot) => messages.map((message) => bot.answer(message)))
    for (const other of others) expect(other).toEqual(first)
    expect(new Set(first).size).toBeGreaterThan(2)
    const [ours, theirs, none] = bots.map((bot, place) => {
      const count = bot.transitions()
      return count === undefined ? undefined : count - (before[place] ?? 0)
    })
    expect(ours).toBeGreaterThan(0)
    expect([theirs, none]).toEqual([ours, undefined])
  })
})
