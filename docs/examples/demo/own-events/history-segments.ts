import { all, days, events, followedBy, sequence, type Engine, type Rule } from 'coterie'
import type { History } from './import-history.js'

/** Lengths of windows to choose from, in days. */
const lengths = [1, 2, 7, 14, 30, 60, 90, 180] as const

/**
 * Segments that any history gives: who is quiet and who is active, who came lately and who comes often, who comes less than
 * before, who came back soon, and who spent most. The windows are as long as suits the length of the history.
 */
export function historySegments(engine: Engine, { type, numbers, first, last }: History): void {
  const long = lengths.findLast((length) => days(length) * 9 <= last - first) ?? 1
  const short = lengths[Math.max(0, lengths.indexOf(long) - 1)] ?? long
  const [quiet, recent] = [`${long}d`, `${short}d`] as const
  const amount = numbers.find((name) => /amount|total|price|value|revenue|sum/i.test(name)) ?? numbers[0]
  const happened = events(type)
  const fewer = happened
    .inLast(quiet)
    .count()
    .lessThan(happened.betweenAgo(quiet, `${2 * long}d`).count())
  const named: readonly (readonly [name: string, rule: Rule])[] = [
    [`Quiet ${long} Days`, happened.inLast(quiet).none()],
    [`Active ${short} Days`, happened.inLast(recent).exists()],
    ['New', happened.first().inLast(recent)],
    ['Regulars', happened.inLast(quiet).count().atLeast(3)],
    ['Fading', all(happened.inLast(quiet).exists(), fewer)],
    ['Came Back Soon', sequence(happened, followedBy(happened, { within: recent }))],
    ...(amount === undefined
      ? []
      : [['Big Spenders', happened.sum(amount).atLeast(tenthOf(engine, type, amount))] as const]),
  ]
  for (const [name, rule] of named) {
    engine.segments.define({ id: name.toLowerCase().replaceAll(' ', '-'), name, rule })
  }
}

/** A round sum that about a tenth of the contacts reach in the end. */
function tenthOf(engine: Engine, type: string, amount: string): number {
  const sums = engine.contacts
    .ids()
    .map((id) =>
      engine.events.of(id, type).reduce((sum, { properties: { [amount]: value } }) => sum + (Number(value) || 0), 0),
    )
  const tenth = sums.sort((a, b) => b - a)[Math.floor(sums.length / 10)] ?? 0
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, tenth))))
  return [5, 2, 1].map((digit) => digit * power).find((round) => round <= tenth) ?? tenth
}
