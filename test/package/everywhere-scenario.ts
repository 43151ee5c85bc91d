// A real scenario for every runtime, over the packed package: an engine over time, kept and opened again, its segments
// proved, printed, verified and tested. It prints what came out as JSON; nothing in it knows where it runs.

/** The entry points that the scenario uses, with what it takes from each. */
const parts = {
  coterie:
    'all, any, createEngine, days, defineSchema, field, isCoterieError, memoryStorage, openEngine, rulesFor, verify, yesterday',
  'coterie/rules': 'matches, timeline',
  'coterie/analysis': 'relationOf',
  'coterie/language': 'parseRule, printRule',
  'coterie/reports': 'sizes',
  'coterie/testing': 'checkEquivalent, checkExamples, recordedEngine, replayHistory, storageConformance',
} as const

const body = `
const start = Date.parse('2026-03-28T12:00:00Z')
const schema = defineSchema({
  attributes: { spent: field.number(), name: field.text(), joinedAt: field.instant() },
  records: { tickets: { subject: field.text() } },
  events: { purchase: { amount: field.number() } },
})
const { attribute, events, hasTag, records } = rulesFor(schema)
const vip = any(hasTag('VIP'), attribute('spent').greaterThan(5000))
const atRisk = all(records('tickets').count().greaterThan(1), events('purchase').inLast('60d').none())

async function main() {
  const out = {}
  const storage = memoryStorage()
  const engine = await openEngine({ schema, now: start, timeZone: 'Europe/Berlin', storage })
  const heard = []
  engine.on('transition', ({ type, segmentId, contactId, at }) => void heard.push([type, segmentId, contactId, at - start]))
  engine.segments.define({ id: 'vip', rule: vip })
  engine.segments.define({ id: 'at-risk', rule: atRisk })
  engine.segments.define({ id: 'new', rule: attribute('joinedAt').inCalendar(yesterday) })
  engine.contacts.put({ id: 'ada', attributes: { spent: 10, name: 'Ada \\u{1F600}', joinedAt: '2026-03-28T23:30:00Z' } })
  engine.tags.add('ada', 'VIP')
  engine.events.record('ada', { type: 'purchase', at: start, properties: { amount: 0.1 } })
  for (const id of ['t1', 't2']) engine.records.put('ada', 'tickets', { id, subject: 'Late' })
  engine.advanceTo(start + days(90))
  out.heard = heard
  out.verified = await verify(engine, { clock: true })
  await engine.close()
  const again = await openEngine({ schema, now: 0, timeZone: 'Europe/Berlin', storage })
  out.again = [again.now - start, again.segments.of('ada')]
  out.matches = matches(vip, { id: 'bob', attributes: { spent: 5001 } }, { now: start, schema })
  out.timeline = timeline(atRisk, again.contacts.get('ada'), { from: start, to: start + days(70), schema }).length
  out.relation = relationOf(attribute('spent').greaterThan(5), attribute('spent').atLeast(5), { schema })
  out.text = printRule(parseRule('spent > 5 and has tag "VIP"', { schema }))
  out.sizes = sizes(again).rows
  try { checkEquivalent(attribute('spent').greaterThan(5), attribute('spent').atLeast(5), { schema }) }
  catch (error) { out.law = [isCoterieError(error), error.code, error.message] }
  out.examples = checkExamples(vip, [], { schema }).survivors.length
  const recorded = recordedEngine({ schema, now: start })
  recorded.engine.segments.define({ id: 'vip', rule: vip })
  recorded.engine.contacts.put({ id: 'ada', attributes: { spent: 5001 } })
  out.replayed = replayHistory(recorded.history(), { schema }).moves
  out.cases = []
  for (const { name, run } of storageConformance({ create: () => { const kept = memoryStorage(); return { adapter: () => kept } } })) {
    await run()
    out.cases.push(name)
  }
  console.log(JSON.stringify(out))
}
`

/** What becomes of the scenario once it is loaded: it runs, or it is handed to a host that runs it. */
export type Ending = 'runs' | 'is a test of a worker'

/** The scenario as a module, or as CommonJS. */
export function scenario(kind: Kind, ending: Ending = 'runs'): string {
  const lines = Object.entries(parts).map(([name, names]) =>
    kind === 'module' ? `import { ${names} } from '${name}'` : `const { ${names} } = require('${name}')`,
  )
  const handed = kind === 'module' ? 'export default { test: main }' : 'module.exports = { test: main }'
  const last = ending === 'runs' ? 'main().catch((error) => { console.error(error); throw error })' : handed
  return `${lines.join('\n')}\n${body}\n${last}\n`
}

/** The entry points that the scenario uses. */
export const entryPointsUsed = Object.keys(parts)

/** A form of the scenario. */
export type Kind = keyof typeof kinds

/** The forms, with the file of each. */
export const kinds = { module: 'scenario.mjs', commonjs: 'scenario.cjs' } as const

/** A user's file, for compilers. */
export const userFile = `
import { createEngine, defineSchema, field, rulesFor, verify, type Engine } from 'coterie'
import { matches } from 'coterie/rules'
import { analyseRule } from 'coterie/analysis'
import { printRule } from 'coterie/language'
const schema = defineSchema({ attributes: { plan: field.oneOf('free', 'pro'), spent: field.number() } })
const { attribute } = rulesFor(schema)
const engine: Engine<typeof schema> = createEngine({ schema, now: 0 })
const rule = attribute('plan').equals('pro')
// @ts-expect-error the plan is one of two
attribute('plan').equals('fre')
// @ts-expect-error a plan is no number
attribute('plan').greaterThan(3)
const answers: boolean = matches(rule, { id: 'ada' }, { now: 0, schema })
export const all: readonly unknown[] = [verify(engine), answers, analyseRule(rule, { schema }), printRule(rule)]
`
