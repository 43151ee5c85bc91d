import { describe, expect, it } from 'vitest'
import { createEngine, memoryStorage, openEngine, rulesFor, type Engine } from 'coterie'
import {
  addTags,
  automations,
  branch,
  enters,
  recorded,
  recordEvent,
  removeTags,
  setTo,
  tagAdded,
  wait,
  type Automations,
} from 'coterie/automation'
import { scene } from './scene.js'
import { engineOptions, schema } from './worlds.js'

/*
 * 1. A cascade over many contacts, tag → segment → automation → tag, settles, is recorded whole, and costs in proportion to it.
 * 2. A circle ends at its bound and is spelled out, also where listeners stand in it; what only looks like one does not end.
 */

const { attribute, hasTag } = rulesFor(schema)

function defineCascade(engine: Engine<typeof schema>, flows: Automations): void {
  engine.segments.define({ id: 'ready', rule: hasTag('sales-ready') })
  engine.segments.define({ id: 'worked', rule: hasTag('in-work') })
  flows.define({ id: 'hand-off', when: enters('ready'), steps: [addTags('in-work')] })
  flows.define({ id: 'greet', when: enters('worked'), steps: [addTags('greeted')], cancelOnExit: false })
}

const counted = ['changes', 'flips', 'leafTests', 'candidates', 'transitions', 'scans', 'scanTests'] as const

const workOf = (engine: Engine<typeof schema>): Readonly<Record<(typeof counted)[number], number>> =>
  engine.statistics()

const idsOf = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `c${String(n)}`)

describe('1. a cascade', () => {
  const costOf = (count: number): Readonly<Record<string, number>> => {
    const flows = automations({ remember: 50_000 })
    const engine = createEngine({ ...engineOptions, automation: flows, cascadeLimit: 10 })
    defineCascade(engine, flows)
    const ids = idsOf(count)
    engine.batch(ids.map((contact) => ({ type: 'contact.put', contact })))
    const before = workOf(engine)
    engine.tags.add(ids, 'sales-ready')
    const after = workOf(engine)
    expect(engine.segments.get('worked')?.count).toBe(count)
    expect(engine.tags.of('c0').map(({ tag }) => tag)).toEqual(['greeted', 'in-work', 'sales-ready'])
    expect(flows.runs({ status: 'done' })).toHaveLength(2 * count)
    return Object.fromEntries(counted.map((name) => [name, (after[name] - before[name]) / count]))
  }

  it('of ten thousand contacts settles, at a cost for each that does not grow', () => {
    const [few, many] = [costOf(100), costOf(10_000)]
    for (const [name, cost] of Object.entries(many))
      expect([name, cost]).toEqual([name, expect.closeTo(few[name] ?? 0, 1)])
  })

  it('is recorded whole', async () => {
    const storage = memoryStorage()
    const opened = async (): Promise<{
      engine: Awaited<ReturnType<typeof openEngine<typeof schema>>>
      flows: Automations
    }> => {
      const flows = automations({ remember: 50_000 })
      return { flows, engine: await openEngine({ ...engineOptions, automation: flows, storage }) }
    }
    const first = await opened()
    defineCascade(first.engine, first.flows)
    const ids = idsOf(10_000)
    first.engine.batch(ids.map((contact) => ({ type: 'contact.put', contact })))
    await first.engine.tags.add(ids, 'sales-ready').durable
    const runs = first.flows.runs()
    await first.engine.close()
    const second = await opened()
    expect(second.flows.runs()).toEqual(runs)
    expect(second.engine.tags.of('c9999')).toEqual(first.engine.tags.of('c9999'))
    await second.engine.close()
  })
})

describe('2. circles', () => {
  it('across tags, segments and automations', () => {
    const made = scene({ loopLimit: 5 })
    const { engine, flows } = made
    engine.segments.define({ id: 'on', rule: hasTag('on') })
    engine.segments.define({ id: 'off', rule: hasTag('off') })
    flows.define({
      id: 'switch-off',
      when: enters('on'),
      cancelOnExit: false,
      steps: [removeTags('on'), addTags('off')],
    })
    flows.define({
      id: 'switch-on',
      when: enters('off'),
      cancelOnExit: false,
      steps: [removeTags('off'), addTags('on')],
    })
    engine.tags.add('ada', 'on')
    expect(made.errors.map(({ code, message }) => [code, message])).toEqual([
      [
        'AUTOMATION_LOOP',
        'Automations go round in a circle: automation "switch-on" → tag on → segment "on" → automation "switch-off" → tag off → segment "off" → automation "switch-on"',
      ],
    ])
    expect(flows.runs({ automation: 'switch-on' })).toHaveLength(5)
    // It goes on from there when something happens again.
    engine.tags.add('ada', 'x')
    expect(made.errors).toHaveLength(1)
  })

  it('of an automation with itself, by an attribute and by events', () => {
    const made = scene({ loopLimit: 3 })
    made.engine.segments.define({ id: 'hot', rule: attribute('score').greaterThan(0) })
    made.flows.define({
      id: 'count',
      when: recorded('opened'),
      steps: [setTo('score', attribute('score').plus(1)), recordEvent({ type: 'opened' })],
    })
    made.engine.contacts.patch('ada', { score: 0 })
    made.engine.events.record('ada', { type: 'opened' })
    expect(made.errors.map(({ message }) => message)).toEqual([
      'Automations go round in a circle: automation "count" → event "opened" → automation "count"',
    ])
    expect(made.engine.contacts.get('ada')?.attributes).toEqual({ score: 4 })
  })

  it('with a listener in it', () => {
    const made = scene({ loopLimit: 3 })
    made.flows.define({ id: 'flow', when: tagAdded('a'), steps: [removeTags('a')] })
    made.engine.on('tag', { tag: 'a' }, ({ type }) => {
      if (type === 'removed') made.engine.tags.add('ada', 'a')
    })
    made.engine.tags.add('ada', 'a')
    expect(made.errors.map(({ code }) => code)).toEqual(['AUTOMATION_LOOP'])
  })

  it('many beginnings that do not follow from automation are none', () => {
    const made = scene({ loopLimit: 2 })
    made.flows.define({ id: 'flow', when: recorded('opened'), steps: [] })
    made.engine.batch(() => {
      for (let n = 0; n < 20; n += 1) made.engine.events.record('ada', { type: 'opened' })
    })
    expect([made.flows.runs().length, made.errors]).toEqual([20, []])
  })

  it('one that time carries on goes on', () => {
    const made = scene({ loopLimit: 2 })
    made.flows.define({
      id: 'daily',
      when: tagAdded('go'),
      steps: [
        removeTags('go'),
        wait('1d'),
        branch(attribute('score').lessThan(5), [setTo('score', attribute('score').plus(1))]),
        addTags('go'),
      ],
      overlap: 'parallel',
    })
    made.engine.contacts.patch('ada', { score: 0 })
    made.engine.tags.add('ada', 'go')
    made.engine.advanceTo(engineOptions.now + 10 * 86_400_000)
    expect([made.engine.contacts.get('ada')?.attributes['score'], made.errors]).toEqual([5, []])
  })
})
