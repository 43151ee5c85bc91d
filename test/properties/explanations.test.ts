import type { DampedExplanation, Explanation, Rule, Value } from 'coterie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/contacts/contact-view.js'
import { holds } from '../../src/rules/evaluate.js'
import { operators } from '../../src/rules/operator-table.js'
import { segmentIds } from '../arbitraries/changes.js'
import { scripts } from '../arbitraries/scripts.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { engineIn, play, worldOf } from './playing.js'

/*
 * 1. An explanation says of every node what the plain evaluator says of it, at the path where the node stands.
 * 2. A date lies in the window that is shown exactly when the node's positive condition holds.
 * 3. A node's `next` is the very instant at which its truth flips, while data and other segments stand still.
 * 4. What is explained is what is: the member, the slots that decide, and plain JSON.
 */

const games = onAnyStage((stage) =>
  fc.tuple(scripts(worldOf(stage), { maxLength: 8 }), fc.constantFrom(...segmentIds), fc.nat(2)),
)

/** Whether the rules of a damped segment would move somebody, were it not too early. */
function wouldMove({ byRule, mayStay }: DampedExplanation, isMember: boolean): boolean {
  return isMember ? !mayStay : byRule && mayStay
}

/** Who is in: whom the rules leave where they are, or who is held there. */
function memberBy(damped: DampedExplanation, isMember: boolean): boolean {
  return damped.heldUntil === undefined && wouldMove(damped, isMember) ? !isMember : isMember
}

describe('explanations', () => {
  it('agree with the evaluator at every node', () => {
    const property = fc.property(games, ([stage, [script, segment, place]]) => {
      const engine = engineIn(stage)
      play(engine, script)
      const id = engine.contacts.ids()[place]
      const contact = id === undefined ? undefined : engine.contacts.get(id)
      if (id === undefined || contact === undefined || engine.segments.get(segment) === undefined) return
      const explained = engine.segments.explain(segment, id)
      const { include, exclude } = explained.slots
      const byHand = exclude !== undefined ? false : include !== undefined ? true : (explained.rule?.holds ?? false)
      expect(explained.member).toBe(engine.segments.has(segment, id))
      const { damped } = explained
      expect(explained.member).toBe(damped === undefined ? byHand : memberBy(damped, explained.member))
      if (damped !== undefined) {
        expect(damped.byRule).toBe(explained.rule?.holds)
        expect(damped.mayStay).toBe((damped.stay ?? explained.rule)?.holds)
        expect(damped.differs).toBe(damped.byRule !== explained.member)
        expect(damped.waitsUntil ?? damped.heldUntil).toBe(damped.heldUntil)
        expect(damped.waitsUntil !== undefined).toBe(
          damped.heldUntil !== undefined && wouldMove(damped, explained.member),
        )
      }
      expect(JSON.parse(JSON.stringify(explained))).toEqual(explained)
      if (explained.rule === undefined) return
      const scopeAt = (now: number) => ({
        contact: viewOf(contact),
        now,
        timeZone: stage.timeZone,
        inSegment: (other: string) => engine.segments.has(other, id),
      })
      const handle = engine.segments.get(segment)
      const nodes = [
        ...nodesOf(explained.rule).map((node) => [node, handle?.rule] as const),
        ...(damped?.stay === undefined
          ? []
          : nodesOf(damped.stay).map((node) => [node, handle?.damping?.stay] as const)),
      ]
      for (const [node, rule] of nodes) {
        expect(node.rule).toEqual(atPath(rule, node.path))
        expect(node.holds).toBe(holds(node.rule, scopeAt(engine.now)))
        checkWindow(node)
        if (refersTo(node.rule)) continue
        if ('at' in node.next) {
          expect(holds(node.rule, scopeAt(node.next.at - 1))).toBe(node.holds)
          expect(holds(node.rule, scopeAt(node.next.at))).toBe(!node.holds)
        } else {
          for (const days of [1, 31, 366, 1800]) {
            expect(holds(node.rule, scopeAt(engine.now + days * 86_400_000))).toBe(node.holds)
          }
        }
      }
    })
    fc.assert(property, { numRuns: runs(150) })
  })
})

function nodesOf(explanation: Explanation): readonly Explanation[] {
  return [explanation, ...(explanation.rules ?? []).flatMap(nodesOf)]
}

function atPath(rule: Rule | undefined, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((node, step) => (node as Readonly<Record<string | number, unknown>>)[step], rule)
}

function refersTo(rule: Rule): boolean {
  return JSON.stringify(rule).includes('"inSegment"')
}

/** Only of instants: a day stands for its start, which the explanation does not show. */
function checkWindow({ rule, holds: truth, window, values }: Explanation): void {
  const date: Value | undefined = values?.[0]?.value
  if (window === undefined || rule.op === 'anniversaryIn') return
  if (typeof date !== 'object' || !('instant' in date)) return
  const { from, to } = window
  const lies = (from ?? -Infinity) <= date.instant && date.instant < (to ?? Infinity)
  expect(lies !== (operators[rule.op].negates !== undefined)).toBe(truth)
}
