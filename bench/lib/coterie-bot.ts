import { all, rulesFor, type Rule } from 'coterie'
import { personalize, type Variant } from 'coterie/audiences'
import { channelId, greetings, otherwise, type BotPeer, type BotQuestion } from './bot.js'
import { emptyEngine, load, ruleOf, schema, type MeasuredEngine } from './engine.js'
import type { Population } from './population.js'

const channel = 'telegram'
const { events } = rulesFor(schema)

/** A bot by `seen` and `personalize`: all segments are live, and those with an answer have it in their `data`. */
export const coterieBot: BotPeer = {
  name: 'coterie',
  packages: [],
  start: (population, questions) => {
    const engine = botEngine(population, questions)
    const answers = greetings.map((_, place): Variant<string> => ({
      when: `s${String(place)}`,
      then: (data) => (data as { readonly greeting: string }).greeting,
    }))
    return Promise.resolve({
      answer: ({ from, id, at, type, amount }) => {
        const event = { type, id, properties: { amount } }
        const contact = engine.seen({ channel, id: from }, { at, event, create: true })
        return personalize(contact, answers, otherwise)
      },
      transitions: () => engine.statistics().transitions,
    })
  },
}

function botEngine(population: Population, questions: readonly BotQuestion[]): MeasuredEngine {
  const engine = emptyEngine()
  load(engine, population)
  for (let contact = 0; contact < population.size; contact += 1)
    engine.contacts.identify(population.idOf(contact), { channel, id: channelId(contact) })
  engine.batch(
    questions.map((question, place) => ({
      type: 'segment.define',
      id: `s${String(place)}`,
      rule: botRule(question),
      visits: false,
      ...(place < greetings.length ? { data: { greeting: greetings[place] as string } } : undefined),
    })),
  )
  return engine
}

/** A question of the bot as a rule. */
export function botRule({ wrote, rest }: BotQuestion): Rule {
  if (wrote === undefined) return ruleOf(rest)
  const lately = events('message').inLast(`${wrote.inLast}ms`)
  return all(wrote.is ? lately.exists() : lately.none(), ruleOf(rest))
}
