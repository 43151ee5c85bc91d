import { emptyEngine, load, ruleOf, type MeasuredEngine } from './engine.js'
import { changeOf } from './live-changes.js'
import type { LivePeer } from './live-subject.js'
import type { Population } from './population.js'
import type { Question } from './question.js'

/** coterie with live segments and a subscriber that is called once for each transition. */
export function liveCoterie(visits: boolean): LivePeer {
  return {
    name: visits ? 'coterie, with visits' : 'coterie',
    // What all enter at first takes minutes at ten thousand: once is enough.
    ...(visits ? { mostRules: 1_000 } : undefined),
    packages: [],
    start: (population, questions, hear) => {
      const engine = liveEngine(population, questions, visits)
      engine.on('transition', ({ segmentId, type }) => hear(Number(segmentId.slice(1)), type === 'enter'))
      const before = engine.statistics()
      return Promise.resolve({
        prepare: (changes) => {
          const prepared = changes.map((change) => changeOf(change, population.idOf(change.contact)))
          return () => {
            for (const change of prepared) engine.apply(change)
          }
        },
        isMember: (contact, rule) => engine.segments.has(`s${rule}`, population.idOf(contact)),
        figures: () => {
          const after = engine.statistics()
          const transitions = after.transitions - before.transitions
          return {
            'segments asked per transition': (after.candidates - before.candidates) / transitions,
            'leaves tested per transition': (after.leafTests - before.leafTests) / transitions,
          }
        },
      })
    },
  }
}

/** An engine with a population, and a segment for each question: `s0`, `s1`, … */
export function liveEngine(population: Population, questions: readonly Question[], visits = false): MeasuredEngine {
  const engine = emptyEngine()
  load(engine, population)
  const changes = questions.map(
    (question, rule) => ({ type: 'segment.define', id: `s${rule}`, rule: ruleOf(question), visits }) as const,
  )
  // Each enters whoever belongs: of ten thousand segments these are a hundred million transitions, too many to hold at once.
  for (let first = 0; first < changes.length; first += 100) engine.batch(changes.slice(first, first + 100))
  return engine
}
