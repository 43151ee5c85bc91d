import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changes } from '../arbitraries/changes.js'
import { leafRules, rules } from '../arbitraries/rules.js'
import { definitions, puts } from '../arbitraries/scripts.js'
import { fullSchema } from '../arbitraries/schemas.js'
import { onAnyStage } from '../arbitraries/stages.js'
import { gridStep } from '../arbitraries/instants.js'
import { isCoterieError } from '../../src/base/errors.js'
import { Core } from '../../src/engine/core.js'
import { readOptions } from '../../src/engine/options.js'
import { EngineState } from '../../src/engine/state.js'
import { ruleOf } from '../../src/rules/read-rule.js'
import { holds } from '../../src/rules/evaluate.js'
import { runs } from '../runs.js'
import { worldOf } from '../properties/playing.js'

/*
 * Of every rule, over contacts with whatever changes made of them:
 * 1. A test made of it says what the plain evaluator says, also of contacts as they are after it was made.
 * 2. Its program does, and shares the answers of leaves.
 */

describe('rules as questions to the store', () => {
  it('say what the plain evaluator says (1, 2)', () => {
    const games = onAnyStage((stage) => {
      const world = { ...worldOf(stage), segments: ['s', 't'] }
      const some = fc.array(fc.oneof(rules(world), leafRules(world)), { minLength: 1, maxLength: 8 })
      const script = fc.array(changes(world), { maxLength: 12 })
      return fc.record({ some, setup: fc.tuple(puts(world), definitions(world)), script })
    })
    let asked = 0
    const property = fc.property(games, ([stage, { some, setup, script }]) => {
      const now = stage.around - 2 * gridStep
      const read = readOptions({ schema: fullSchema.schema, now, timeZone: stage.timeZone })
      const state = new EngineState(read.settings, read.now)
      const core = new Core(state, read.core)
      const apply = (change: Parameters<Core['apply']>[0]): void => {
        try {
          core.apply(change)
        } catch (error) {
          if (!isCoterieError(error)) throw error
        }
      }
      for (const change of setup.flat()) apply(change)
      const settled = some.map((rule) => ruleOf(rule, { schema: fullSchema.schema, timeZone: stage.timeZone }))
      const tests = settled.map((rule) => state.testOf(rule))
      for (const change of script) {
        apply(change)
        // Laid out anew each time: a program stands on the leaves of live rules only while these use them.
        const programs = settled.map((rule) => state.programs.add(rule))
        for (const ordinal of state.store.directory.inOrder()) {
          const scope = state.scopeOf(ordinal)
          state.programs.truths.turnTo(ordinal)
          for (const [i, rule] of settled.entries()) {
            const wanted = holds(rule, scope)
            asked += 1
            if (tests[i]?.(ordinal) !== wanted) expect(rule).toBe('tested right')
            const program = programs[i]
            if (program !== undefined && state.programs.holds(program) !== wanted) expect(rule).toBe('laid out right')
          }
        }
        for (const program of programs) state.programs.remove(program)
      }
    })
    fc.assert(property, { numRuns: runs(150) })
    expect(asked).toBeGreaterThan(runs(150) * 6)
  })
})
