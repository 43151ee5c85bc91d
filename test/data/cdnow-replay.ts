import { cdnowEngine, putAll, quietRule, record, type CdnowEngine } from './cdnow-engine.js'
import { inOrder, type Known, type Move } from './cdnow-quiet.js'
import { closing, opening, type Purchase, type Shop } from './cdnow-rows.js'
import { Folding } from './folding.js'
import { DAY } from './local-days.js'

/** What an engine told of the quiet segment from the opening to the closing. */
export interface Replay {
  readonly engine: CdnowEngine
  /** Members when all customers had been put. */
  readonly atStart: number
  /** In the order in which they were told. */
  readonly moves: readonly Move[]
  /** At the closing, sorted. */
  readonly members: readonly string[]
  readonly folding: Folding
}

/** An engine with all customers, whose purchases are recorded, and whose clock is moved, by `play`. */
export function replay({ customers }: Shop, play: (engine: CdnowEngine) => void): Replay {
  const engine = cdnowEngine()
  const folding = new Folding(engine)
  putAll(engine, customers)
  const quiet = engine.segments.define({ id: 'quiet', rule: quietRule })
  const atStart = quiet.count
  play(engine)
  engine.advanceTo(closing)
  const moves = folding.moves.map(({ at, type, contactId }) => ({ at, type, contactId }))
  return { engine, atStart, moves, members: [...quiet.members()].sort(), folding }
}

/** Records all purchases before their time. */
export function recordAhead(engine: CdnowEngine, purchases: readonly Purchase[]): void {
  for (const purchase of purchases) record(engine, purchase)
}

/** Takes the clock to each purchase and records it then. */
export function recordThen(engine: CdnowEngine, purchases: readonly Purchase[]): void {
  for (const purchase of [...purchases].sort((a, b) => a.at - b.at)) {
    engine.advanceTo(purchase.at)
    record(engine, purchase, true)
  }
}

/** Moves the clock from one thing that is due to the next. */
export function fromEventToEvent(engine: CdnowEngine): void {
  for (let due = engine.nextDueAt(); due !== undefined && due <= closing; due = engine.nextDueAt())
    engine.advanceTo(due)
}

/** Moves the clock from midnight to midnight. */
export function dayByDay(engine: CdnowEngine): void {
  for (let at = opening; at <= closing; at += DAY) engine.advanceTo(at)
}

/** Moves the clock to the end of each month. */
export function monthByMonth(engine: CdnowEngine): void {
  for (let month = 1; month <= 18; month += 1) engine.advanceTo(Date.UTC(1997, month, 1) - 1)
}

/** Records purchases when they become known, by then. */
export function recordLate(engine: CdnowEngine, purchases: readonly (Purchase & Known)[]): void {
  for (const purchase of [...purchases].sort((a, b) => a.learnt - b.learnt)) {
    engine.advanceTo(purchase.learnt)
    record(engine, purchase)
  }
}

/** Moves of one instant by customer, for changes that are applied one by one tell theirs as they come. */
export function sorted(shop: Shop, { moves }: Replay): readonly Move[] {
  return inOrder(shop, moves)
}
