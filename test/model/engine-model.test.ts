import fc from 'fast-check'
import { describe, it } from 'vitest'
import { dampedScripts } from '../arbitraries/damped.js'
import { gridStep } from '../arbitraries/instants.js'
import { listenerScripts } from '../arbitraries/listeners.js'
import { schemas, fullSchema } from '../arbitraries/schemas.js'
import { scripts, upheavals, type ScriptStep } from '../arbitraries/scripts.js'
import { onAnyStage, stages, type Stage } from '../arbitraries/stages.js'
import { runs } from '../runs.js'
import { Duel, type DuelOptions } from './duel.js'

/*
 * The engine does what the naive model does. After every step they agree on
 *
 * 1. the transitions and tag events so far, in their order: seq, contact, segment, at, cause, visit and duration
 * 2. the members of every segment, the segments of every contact, and the counts of both
 * 3. the contacts: attributes and tags with their holders
 * 4. which changes are refused, and with which code; a refused one does nothing
 * 5. the clock; and nothing happens by time before `nextDueAt`
 * 6. what listeners changed, in which order, and where their cascade is cut
 */

const start = ({ around }: Stage): number => around - 2 * gridStep

function play(options: DuelOptions, script: readonly ScriptStep[]): void {
  const duel = new Duel(options)
  for (const step of script) duel.step(step)
}

describe('the engine and the naive model agree', () => {
  it.each(stages)('in $timeZone', (stage) => {
    const world = { stage, kinds: fullSchema.kinds }
    const options = { schema: fullSchema.schema, now: start(stage), timeZone: stage.timeZone }
    const property = fc.property(scripts(world), (script) => play(options, script))
    fc.assert(property, { numRuns: runs(60) })
  })

  it('where the very same change stands in a batch twice, and has to wait', () => {
    const remove = { type: 'segment.remove', segment: 't' } as const
    const define = { type: 'segment.define', id: 't', kind: 'static' } as const
    play({ now: 0 }, [{ do: 'batch', changes: [remove, remove, define] }])
  })

  it('where a tag goes, and its name goes there and back in the same batch', () => {
    const rename = (from: string, to: string) => ({ type: 'tag.rename', from, to, force: false }) as const
    const taken = { type: 'tag.remove', contacts: ['ada'], tags: ['VIP'] } as const
    const put = (tag: string) => ({ type: 'tag.add', contacts: ['ada'], tags: [tag] }) as const
    const circle = [rename('VIP', 'b'), rename('b', 'VIP')]
    for (const changes of [
      [taken, ...circle],
      [...circle, taken],
      [taken, ...circle, put('VIP')],
      [taken, ...circle, put('b')],
      [taken, rename('VIP', 'b'), put('b')],
      [taken, put('a'), rename('a', 'VIP')],
      [taken, rename('VIP', 'b'), put('b'), rename('b', 'VIP')],
    ]) {
      play({ now: 0 }, [
        { do: 'apply', change: { type: 'contact.put', contact: 'ada' } },
        // What a rule asks for is known also while nobody has it.
        { do: 'apply', change: { type: 'segment.define', id: 's', rule: { op: 'hasTag', tag: 'VIP' } } },
        { do: 'apply', change: put('VIP') },
        { do: 'batch', changes },
      ])
    }
  })

  it('where a merge writes of a tag what is there already', () => {
    play({ now: 0 }, [
      { do: 'apply', change: { type: 'contact.put', contact: 'cyd' } },
      { do: 'apply', change: { type: 'contact.put', contact: 'ada' } },
      { do: 'apply', change: { type: 'tag.add', contacts: ['cyd', 'ada'], tags: ['VIP'] } },
      { do: 'apply', change: { type: 'tag.add', contacts: ['ada'], tags: ['vip'] } },
      {
        do: 'batch',
        changes: [
          { type: 'contact.merge', from: 'ada', into: 'cyd' },
          { type: 'tag.merge', from: ['VIP'], into: 'vip', force: false },
        ],
      },
    ])
  })

  it('where tags are merged into one that holds all of it, which goes then', () => {
    play({ now: 0 }, [
      { do: 'apply', change: { type: 'contact.put', contact: 'ada' } },
      { do: 'apply', change: { type: 'tag.add', contacts: ['ada'], tags: ['VIP', 'vip', 'late'] } },
      {
        do: 'batch',
        changes: [
          { type: 'tag.merge', from: ['VIP'], into: 'vip', force: false },
          { type: 'tag.remove', contacts: ['ada'], tags: ['late', 'vip'] },
        ],
      },
    ])
  })

  it('where a clock that stands beside the grid gives an event its instant', () => {
    const window = { window: 'betweenAgo', from: '1h', to: '1d', timeZone: 'UTC' } as const
    play({ now: Date.UTC(2018, 0, 1) + 1 }, [
      { do: 'apply', change: { type: 'contact.put', contact: 'ada' } },
      {
        do: 'apply',
        change: { type: 'segment.define', id: 's', rule: { op: 'some', of: { events: 'visit', window } } },
      },
      { do: 'apply', change: { type: 'event.record', contact: 'ada', event: { type: 'visit' } } },
      { do: 'advance', by: 2 * 96 * gridStep },
    ])
  })

  it('where a segment gives way to another under its id, and others refer to that id', () => {
    for (const rule of [{ op: 'nobody' }, { op: 'hasTag', tag: 'x' }] as const)
      play({ now: 0 }, [
        { do: 'apply', change: { type: 'contact.put', contact: 'ada' } },
        { do: 'apply', change: { type: 'contact.put', contact: 'cyd' } },
        { do: 'apply', change: { type: 'tag.add', contacts: 'cyd', tags: 'x' } },
        { do: 'apply', change: { type: 'segment.define', id: 's', rule: { op: 'everyone' } } },
        { do: 'apply', change: { type: 'segment.define', id: 't', rule: { op: 'inSegment', segment: 's' } } },
        {
          do: 'apply',
          change: { type: 'segment.define', id: 'u', rule: { op: 'not', rule: { op: 'inSegment', segment: 't' } } },
        },
        {
          do: 'batch',
          changes: [
            { type: 'segment.remove', segment: 's' },
            { type: 'segment.define', id: 's', rule },
          ],
        },
      ])
  })

  it('where a rule is rewritten there and back, and what it refers to moves somebody', () => {
    const inS = { op: 'inSegment', segment: 's' } as const
    const tagged = { op: 'inLast', left: { get: 'tagAdded', tag: 'x' }, duration: '2h' } as const
    for (const kind of ['damped', 'dynamic'] as const)
      play({ now: 0 }, [
        { do: 'apply', change: { type: 'contact.put', contact: 'ada' } },
        { do: 'apply', change: { type: 'segment.define', id: 's', rule: { op: 'everyone' } } },
        { do: 'apply', change: { type: 'segment.define', id: 't', kind, rule: { op: 'any', rules: [inS, tagged] } } },
        { do: 'apply', change: { type: 'tag.add', contacts: 'ada', tags: 'x' } },
        { do: 'advanceToDue', beside: 0 },
        {
          do: 'batch',
          changes: [
            { type: 'tag.rename', from: 'x', to: 'z' },
            { type: 'segment.define', id: 's', rule: { op: 'nobody' } },
            { type: 'tag.rename', from: 'z', to: 'x' },
          ],
        },
      ])
  })

  it('about damped segments over what comes and goes', () => {
    const property = fc.property(fc.constantFrom(...stages), dampedScripts(), (stage, script) =>
      play({ now: start(stage), timeZone: stage.timeZone }, script),
    )
    fc.assert(property, { numRuns: runs(150) })
  })

  it('under any schema', () => {
    const games = onAnyStage((stage) =>
      schemas().chain(({ kinds, schema }) => fc.tuple(fc.constant(schema), scripts({ stage, kinds }))),
    )
    const property = fc.property(games, ([stage, [schema, script]]) =>
      play({ schema, now: start(stage), timeZone: stage.timeZone }, script),
    )
    fc.assert(property, { numRuns: runs(60) })
  })

  it('without a schema, whatever is compared with what', () => {
    const games = onAnyStage((stage) => scripts({ stage }))
    const property = fc.property(games, ([stage, script]) =>
      play({ now: start(stage), timeZone: stage.timeZone }, script),
    )
    fc.assert(property, { numRuns: runs(60) })
  })

  it('when unknown contacts are created', () => {
    const [stage] = stages as readonly [Stage, ...Stage[]]
    const world = { stage, kinds: fullSchema.kinds }
    const property = fc.property(scripts(world), (script) =>
      play({ schema: fullSchema.schema, now: start(stage), unknownContacts: 'create' }, script),
    )
    fc.assert(property, { numRuns: runs(40) })
  })

  it('in batches that turn everything over', () => {
    const games = onAnyStage((stage) => upheavals({ stage, kinds: fullSchema.kinds }))
    const property = fc.property(games, fc.boolean(), ([stage, script], creates) =>
      play(
        {
          schema: fullSchema.schema,
          now: start(stage),
          timeZone: stage.timeZone,
          unknownContacts: creates ? 'create' : 'refuse',
        },
        script,
      ),
    )
    fc.assert(property, { numRuns: runs(150) })
  })

  it('with listeners that change things', () => {
    const [stage] = stages as readonly [Stage, ...Stage[]]
    const world = { stage, kinds: fullSchema.kinds }
    const listeners = fc.array(listenerScripts(world), { minLength: 1, maxLength: 3 })
    const property = fc.property(scripts(world, { maxLength: 6 }), listeners, (script, scriptsOfListeners) =>
      play({ schema: fullSchema.schema, now: start(stage), listeners: scriptsOfListeners, cascadeLimit: 10 }, script),
    )
    fc.assert(property, { numRuns: runs(150) })
  })
})
