import { rulesFor, type Rule } from 'coterie'
import { markdownTable } from '../../docs/scripts/markdown-table.js'
import { cdnowEngine, cdnowSchema, putAll, quietRule, record, type CdnowEngine } from '../../test/data/cdnow-engine.js'
import { quietMoves } from '../../test/data/cdnow-quiet.js'
import { cdnowFiles, closing, generatedCdnow, opening, type Shop } from '../../test/data/cdnow-rows.js'
import { checkAnswer, figure, notRun, type Finished, type Outcome, type Plan, type Topic } from '../lib/case.js'
import { timed, timesOf } from '../lib/measure.js'
import { medianOf, told, toldLimit, toldTimes } from '../lib/numbers.js'
import { day } from '../lib/population.js'
import { beginProfile } from '../lib/profile.js'
import { sizes, type Settings } from '../lib/settings.js'

/*
 * Workload E: eighteen months of a real shop, or of a generated one of the same shape where the files are not given by
 * COTERIE_DATA. In step: the clock goes to each purchase, which is recorded then. Ahead: all purchases are recorded first, and
 * only the advance is timed. Nobody else offers this, so beside it stands asking everybody again at each midnight.
 */

const quiet = 'no purchase in 60 days'
const subjects = ['coterie, in step', 'coterie, ahead', 'closures, at each midnight'] as const

function plans({ segments, contacts }: Settings): readonly Plan[] {
  const parameters = (rules: number): Plan['parameters'] => ({ rules, contacts: contacts ?? 23_570 })
  return sizes(segments, 1, 7, 1_000).flatMap((rules) =>
    subjects
      .filter((subject) => rules === 1 || subject === 'coterie, in step')
      .map((subject) => ({
        topic: 'clock',
        subject,
        group: `clock ${rules}`,
        parameters: parameters(rules),
        takesLong: rules >= 1_000,
      })),
  )
}

async function run({ subject, parameters }: Plan): Promise<Outcome> {
  const count = parameters['contacts'] as number
  const shop = shopOf(count)
  const rules = rulesOf(parameters['rules'] as number)
  const moves = quietMoves(
    shop,
    shop.purchases.map((each) => ({ ...each, learnt: each.at })),
    subject.endsWith('ahead') ? 'ahead' : 'then',
  )
  const times: number[] = []
  let transitions = 0
  // The first of them warms up, if there is time for others.
  for (let spent = 0; times.length < 6 && spent < 6_000; spent += times.at(-1) ?? 0) {
    if (times.length > 0) beginProfile()
    if (subject.startsWith('closures')) times.push(await timed(() => (transitions = askAtMidnights(shop))))
    else {
      const replay = prepared(shop, rules, subject.endsWith('ahead'))
      times.push(await timed(replay.run))
      checkAnswer(`the moves of ${quiet}`, replay.quietMoves(), { [`the moves of ${quiet}`]: moves.length })
      transitions = replay.transitions()
    }
  }
  const measured = times.length > 2 ? times.slice(1) : times
  return {
    figures: {
      replay: timesOf(measured),
      transitions,
      contacts: shop.customers.length,
      purchases: shop.purchases.length,
    },
  }
}

/** The files as they are, a part of them, or a copy; purchases in order of time. */
function shopOf(count: number): Shop {
  const { customers: all, purchases } = cdnowFiles() ?? generatedCdnow(1, count)
  const customers = all.slice(0, count)
  const ids = new Set(customers.map(({ id }) => id))
  return {
    customers,
    purchases: purchases.filter(({ customer }) => ids.has(customer)).sort((a, b) => a.at - b.at),
  }
}

/** The quiet rule first; then rules over windows of other lengths, counts and sums. */
function rulesOf(count: number): readonly Rule[] {
  const purchases = rulesFor(cdnowSchema).events('purchase')
  const kinds: readonly ((days: number, n: number) => Rule)[] = [
    (days) => purchases.inLast(`${days}d`).exists(),
    (days, n) =>
      purchases
        .inLast(`${days}d`)
        .count()
        .atLeast(2 + (n % 3)),
    (days, n) =>
      purchases
        .inLast(`${days}d`)
        .sum('amount')
        .greaterThan(20 * (1 + (n % 10))),
    (days) => purchases.inLast(`${days}d`).none(),
    (days) => purchases.last().moreThanAgo(`${days}d`),
    (days) => purchases.betweenAgo(`${days}d`, `${days + 30}d`).exists(),
  ]
  const more = Array.from({ length: count - 1 }, (_, n) =>
    (kinds[n % kinds.length] as (typeof kinds)[number])(10 + ((n * 7) % 350), n),
  )
  return [quietRule, ...more]
}

interface Replay {
  readonly run: () => void
  readonly transitions: () => number
  readonly quietMoves: () => number
}

function prepared({ customers, purchases }: Shop, rules: readonly Rule[], ahead: boolean): Replay {
  const engine = cdnowEngine()
  putAll(engine, customers)
  engine.batch(rules.map((rule, n) => ({ type: 'segment.define', id: `s${n}`, rule, visits: false })))
  let transitions = 0
  let ofQuiet = 0
  engine.on('transition', ({ segmentId }) => {
    transitions += 1
    if (segmentId === 's0') ofQuiet += 1
  })
  if (ahead) for (const purchase of purchases) record(engine, purchase)
  return {
    run: () => {
      if (!ahead) inStep(engine, purchases)
      engine.advanceTo(closing)
    },
    transitions: () => transitions,
    quietMoves: () => ofQuiet,
  }
}

function inStep(engine: CdnowEngine, purchases: Shop['purchases']): void {
  for (const purchase of purchases) {
    engine.advanceTo(purchase.at)
    record(engine, purchase, true)
  }
}

/** Asks everybody at each midnight whether they are quiet, from their last purchase, which is kept as purchases come. */
function askAtMidnights({ customers, purchases }: Shop): number {
  const contacts = new Map(customers.map(({ id }) => [id, { last: -Infinity, quiet: true }]))
  const all = [...contacts.values()]
  let [next, transitions] = [0, 0]
  for (let midnight = opening; midnight <= closing; midnight += day) {
    for (; (purchases[next]?.at ?? Infinity) <= midnight; next += 1) {
      const { customer, at } = purchases[next] as Shop['purchases'][number]
      ;(contacts.get(customer) as { last: number }).last = at
    }
    for (const contact of all) {
      const isQuiet = contact.last <= midnight - 60 * day
      if (isQuiet !== contact.quiet) transitions += 1
      contact.quiet = isQuiet
    }
  }
  return transitions
}

function report(finished: readonly Finished[]): string {
  const ran = finished.filter(({ failed }) => failed === undefined)
  const rows = ran.map((result) => {
    const { subject, parameters } = result.plan
    const replay = figure(result, 'replay')
    const median = medianOf(replay) ?? NaN
    const transitions = figure(result, 'transitions') as number
    return [
      subject,
      told(parameters['rules'] as number),
      typeof replay === 'object' ? toldTimes(replay) : '',
      subject === 'coterie, in step' && parameters['rules'] === 1
        ? toldLimit(median / 1_000, 0.5)
        : told(median / 1_000),
      transitions.toLocaleString('en'),
      told((1_000 * transitions) / median),
    ]
  })
  const [first] = ran
  const about =
    first === undefined
      ? ''
      : `${(figure(first, 'contacts') as number).toLocaleString('en')} customers, ${(figure(first, 'purchases') as number).toLocaleString('en')} purchases, ${process.env['COTERIE_DATA'] === undefined ? 'generated' : 'of CDNOW'}; the first rule: ${quiet}.`
  return [
    about,
    markdownTable(['subject', 'rules', 'ms', 's', 'transitions', 'transitions a second'], rows),
    notRun(finished),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

export const clock: Topic = { name: 'clock', plans, run, report }
