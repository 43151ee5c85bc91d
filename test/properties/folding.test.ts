import {
  createEngine,
  isCoterieError,
  matches,
  type ChangeInput,
  type Contact,
  type Engine,
  type Receipt,
  type Transition,
} from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/contacts/contact-view.js'
import type { FoldedTotal } from '../../src/contacts/folded.js'
import type { Operand } from '../../src/rules/ast.js'
import { operandValue } from '../../src/rules/evaluate.js'
import { historyNeeds } from '../../src/rules/history-needs.js'
import { totalKey } from '../../src/rules/kept-total.js'
import { foldingContacts, foldingScripts, type FoldingStep } from '../arbitraries/folding.js'
import { runs } from '../runs.js'

/*
 * An engine that folds against one that does not and is given the same, as far as the first takes it:
 *
 * 1. Both have the same members after each step, and tell the same transitions.
 * 2. A fold moves nobody.
 * 3. A contact as it is given out, folded totals and all, matches exactly the rules of its segments.
 * 4. A total is what an aggregate is over the events that went.
 * 5. What is refused leaves no trace.
 * 6. So it is with folds that are asked for, and with those that the engine makes by itself.
 */

const start = Date.parse('2026-01-01T00:00:00Z')

/** Why an engine that folds may refuse what another takes. */
const foldingRefusals: readonly string[] = ['EVENT_TOO_OLD', 'EVENT_UNKNOWN', 'RULE_NEEDS_FOLDED']

/** What a game went through, so that it is known to have been about something. */
interface Played {
  folded: number
  kept: number
  refused: number
}

class Game {
  readonly folding: Engine
  readonly plain = createEngine({ now: start })
  readonly #told: { readonly folding: unknown[]; readonly plain: unknown[] } = { folding: [], plain: [] }
  readonly #owners: string[] = []
  readonly played: Played = { folded: 0, kept: 0, refused: 0 }

  constructor(retains: boolean) {
    this.folding = createEngine({ now: start, ...(retains ? { retain: '2d' } : {}) })
    this.folding.on('transition', (transition) => this.#told.folding.push(comparable(transition)))
    this.plain.on('transition', (transition) => this.#told.plain.push(comparable(transition)))
  }

  play(step: FoldingStep): void {
    if (step.do === 'batch') this.#batch(step)
    else if (step.do === 'advance') this.#advance(this.folding.now + step.by)
    else this.#one(step)
    this.#compare()
  }

  #advance(to: number): void {
    this.folding.advanceTo(to)
    this.plain.advanceTo(to)
  }

  #one(step: FoldingStep): void {
    const change = this.#changeOf(step)
    if (change === undefined) return
    const result = attempt(() => this.folding.apply(change))
    if (change.type === 'event.fold') return this.#folded(result)
    this.#same(result, () => this.plain.apply(change))
  }

  #folded(result: Receipt | string): void {
    if (typeof result === 'string') throw new Error(`A fold was refused: ${result}`)
    expect(result.transitions).toEqual([])
    for (const outcome of result.outcomes) if (outcome.type === 'event.fold') this.played.folded += outcome.folded
  }

  #batch({ steps, fails }: Extract<FoldingStep, { readonly do: 'batch' }>): void {
    const changes = steps.map((step) => this.#changeOf(step)).filter((change) => change !== undefined)
    if (fails) changes.push({ type: 'contact.remove', contact: 'nobody' })
    const before = stateOf(this.folding)
    const result = attempt(() => this.folding.batch(changes))
    if (typeof result === 'string') expect(stateOf(this.folding)).toBe(before)
    this.#same(result, () => this.plain.batch(changes.filter(({ type }) => type !== 'event.fold')))
  }

  /** The engine that does not fold is told the same, but for what was refused since something had been folded. */
  #same(result: Receipt | string, other: () => Receipt): void {
    if (typeof result === 'string' && foldingRefusals.includes(result)) {
      this.played.refused += 1
      return
    }
    const expected = attempt(other)
    if (typeof result === 'string') expect(expected).toBe(result)
    else expect(expected).toHaveProperty('transitions')
  }

  #changeOf(step: FoldingStep): ChangeInput | undefined {
    const { now } = this.folding
    switch (step.do) {
      case 'change':
        return step.change
      case 'record': {
        const { contact, type, back, properties } = step
        const id = String(this.#owners.push(contact) - 1)
        return { type: 'event.record', contact, event: { type, at: now - back, id, properties } }
      }
      case 'correct': {
        const { type, back, properties } = step
        const contact = this.#owners[step.event]
        const at = back === undefined ? {} : { at: now - back }
        if (contact === undefined) return undefined
        return { type: 'event.correct', contact, id: String(step.event), event: { type, properties, ...at } }
      }
      case 'take out': {
        const contact = this.#owners[step.event]
        const held = contact === undefined ? undefined : this.folding.contacts.get(contact)
        const id = String(step.event)
        // One that was folded cannot be taken out any more; the engine cannot know, and so does not refuse it.
        return held?.events.some((event) => event.id === id) === true
          ? { type: 'event.remove', contact: held.id, id }
          : undefined
      }
      case 'fold':
        return { type: 'event.fold', before: now - step.back }
      default:
        return undefined
    }
  }

  #compare(): void {
    expect(this.#told.folding).toEqual(this.#told.plain)
    expect(membersOf(this.folding)).toEqual(membersOf(this.plain))
    const { now } = this.folding
    for (const id of foldingContacts) {
      const contact = this.folding.contacts.get(id)
      const whole = this.plain.contacts.get(id)
      if (contact === undefined || whole === undefined) continue
      for (const segment of this.folding.segments.ids()) {
        const rule = this.folding.segments.get(segment)?.rule ?? { op: 'nobody' }
        expect(matches(rule, contact, { now })).toBe(this.folding.segments.has(segment, id))
        for (const need of historyNeeds(rule)) {
          const folded = contact.folded?.[need.type]
          const total = need.needs === 'total' ? folded?.totals[totalKey(need.of, need.value)] : undefined
          if (need.needs !== 'total' || folded === undefined) continue
          expectTotal(total, goneOf(whole, need.type, folded.before), need.of, need.value)
          this.played.kept += 1
        }
      }
    }
  }
}

/** A contact with only those events of a type that went. */
function goneOf(contact: Contact, type: string, before: number): Contact {
  return { ...contact, events: contact.events.filter((event) => event.type === type && event.at < before) }
}

function expectTotal(total: FoldedTotal | undefined, gone: Contact, of: object, value: Operand | undefined): void {
  const scope = { contact: viewOf(gone), now: Infinity, timeZone: 'UTC', inSegment: () => false }
  const asked = (get: string): unknown =>
    operandValue({ get, of, ...(value === undefined ? {} : { value }) } as Operand, scope)
  expect(total?.count).toBe(asked('count'))
  const instant = (get: string): unknown => operandValue({ get, of } as Operand, scope)
  expect(total?.first && { instant: total.first.at }).toEqual(instant('first'))
  expect(total?.last && { instant: total.last.at }).toEqual(instant('last'))
  if (value === undefined) return
  expect(Number(total?.sum ?? 0)).toBe(asked('sum'))
  expect(total?.minimum).toEqual(asked('minimum'))
  expect(total?.maximum).toEqual(asked('maximum'))
  expect(total?.first?.value).toEqual(asked('first'))
  expect(total?.last?.value).toEqual(asked('last'))
}

/** What it did, or the code of why it was refused. */
function attempt(call: () => Receipt): Receipt | string {
  try {
    return call()
  } catch (error) {
    if (isCoterieError(error)) return error.code
    throw error
  }
}

/** Folds are changes too, so revisions differ. */
function comparable({ cause: { revision, ...cause }, ...transition }: Transition): unknown {
  return { ...transition, cause, isCounted: revision > 0 }
}

function membersOf(engine: Engine): unknown {
  return engine.segments.ids().map((id) => [id, engine.contacts.ids().filter((each) => engine.segments.has(id, each))])
}

function stateOf(engine: Engine): string {
  const contacts = engine.contacts.ids().map((id) => engine.contacts.get(id))
  return JSON.stringify([contacts, membersOf(engine), engine.revision, engine.nextDueAt(), engine.statistics()])
}

describe('1–6. an engine that folds', () => {
  it.each([
    ['when it is told to', false],
    ['by itself', true],
  ])('%s says the same as one that does not', (_, retains) => {
    const all: Played = { folded: 0, kept: 0, refused: 0 }
    const property = fc.property(foldingScripts, (script) => {
      const game = new Game(retains)
      for (const step of script) game.play(step)
      all.folded += game.folding.statistics().foldedEvents
      all.kept += game.played.kept
      all.refused += game.played.refused
    })
    fc.assert(property, { numRuns: runs(100) })
    for (const count of Object.values(all)) expect(count).toBeGreaterThan(runs(25))
  })
})
