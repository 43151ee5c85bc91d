import { describe, expect, it } from 'vitest'
import { createEngine, isCoterieError, rulesFor, type ChangeInput } from 'coterie'
import {
  addTags,
  automations,
  branch,
  enters,
  holds,
  recorded,
  tagAdded,
  wait,
  type AutomationInput,
} from 'coterie/automation'
import { scene } from './scene.js'
import { engineOptions, schema, start } from './worlds.js'

/*
 * 1. What is wrong with a definition is told with its place, all of it at once, and nothing is done.
 * 2. Segments that automations name have to be there, and stay.
 * 3. Begun by hand.
 * 4. Tags with other names: definitions are rewritten, nobody moves, and who reads a tag is told.
 * 5. One engine each, and none without.
 */

const { attribute, hasTag, hasTagLike } = rulesFor(schema)

function refusal(work: () => unknown): {
  readonly code: string
  readonly issues: readonly (readonly [string, string])[]
} {
  try {
    work()
  } catch (error) {
    if (!isCoterieError(error)) throw error
    const issues = error.issues.length > 0 ? error.issues : [{ code: error.code, path: error.path ?? [] }]
    return { code: error.code, issues: issues.map(({ code, path }) => [path.join('.'), code]) }
  }
  throw new Error('nothing was refused')
}

describe('1. definitions', () => {
  const wrong: readonly (readonly [string, object, readonly (readonly [string, string])[]])[] = [
    ['no steps', {}, [['steps', 'AUTOMATION_INVALID']]],
    ['an unknown trigger', { when: { on: 'sleeps' }, steps: [] }, [['when.0', 'AUTOMATION_INVALID']]],
    [
      'an unknown event type and attribute',
      { when: [recorded('bought'), { on: 'attribute', attribute: 'scor' }], steps: [] },
      [
        ['when.0.event', 'EVENT_TYPE_UNKNOWN'],
        ['when.1.attribute.attributes.scor', 'ATTRIBUTE_UNKNOWN'],
      ],
    ],
    [
      'wrong parts of steps',
      {
        steps: [
          { step: 'wait', for: '3 days' },
          { step: 'call', handler: '', attempts: 0 },
          { step: 'if', rule: { op: 'hasTag' }, then: [{ step: 'dance' }] },
          { step: 'change', changes: [{ type: 'contact.remove' }, { type: 'tag.add', tags: 'x', contacts: 'ada' }] },
          { step: 'assign', attribute: 'owner', among: [] },
          { step: 'stop', why: 'x' },
        ],
      },
      [
        ['steps.0.for', 'AUTOMATION_INVALID'],
        ['steps.1.handler', 'CHANGE_INVALID'],
        ['steps.1.attempts', 'AUTOMATION_INVALID'],
        ['steps.2.rule.tag', 'RULE_INVALID'],
        ['steps.2.then.0', 'AUTOMATION_INVALID'],
        ['steps.3.changes.0', 'AUTOMATION_INVALID'],
        ['steps.3.changes.1.contacts', 'AUTOMATION_INVALID'],
        ['steps.4.among', 'AUTOMATION_INVALID'],
        ['steps.5.why', 'AUTOMATION_INVALID'],
      ],
    ],
    [
      'values that do not fit the schema',
      {
        steps: [
          { step: 'setRecords', collection: 'deals', set: { stage: 'lost' } },
          { step: 'change', changes: [{ type: 'contact.patch', attributes: { score: 'high' } }] },
        ],
      },
      [
        ['steps.0.set.record.stage', 'VALUE_INVALID'],
        ['steps.1.changes.0.attributes.score', 'VALUE_INVALID'],
      ],
    ],
    [
      'a list that is too long',
      { steps: Array.from({ length: 10_001 }, () => ({ step: 'stop' })) },
      [['steps', 'LIMIT_EXCEEDED']],
    ],
    ['a re-entry of the calendar', { steps: [], reentry: 'P1M' }, [['reentry', 'AUTOMATION_INVALID']]],
  ]
  it.each(wrong)('%s', (_, parts, issues) => {
    const { flows, engine } = scene()
    const { revision } = engine
    expect(refusal(() => flows.define({ id: 'flow', ...parts } as AutomationInput)).issues).toEqual(issues)
    expect([flows.ids(), engine.revision]).toEqual([[], revision])
  })

  it('is read into plain JSON that reads as itself', () => {
    const { flows, engine } = scene()
    flows.define({
      id: 'flow',
      when: recorded('opened'),
      steps: [wait('24h'), branch(attribute('seenOn').inLast('P1M'), [addTags('x')])],
      reentry: '48h',
    })
    const { running, id, ...definition } = flows.get('flow') ?? { running: -1, id: '' }
    expect([running, id]).toEqual([0, 'flow'])
    expect(definition).toMatchObject({ steps: [{ for: '1d' }, { rule: { timeZone: 'Europe/Berlin' } }], reentry: '2d' })
    expect(JSON.parse(JSON.stringify(definition))).toStrictEqual(definition)
    const change = { type: 'automation.define', automation: 'flow', ...definition } as ChangeInput
    expect(engine.apply(change).outcomes).toEqual([
      { type: 'automation.define', automation: 'flow', created: false, changed: false },
    ])
  })
})

describe('2. segments', () => {
  it('has to be there', () => {
    const { flows } = scene()
    expect(refusal(() => flows.define({ id: 'flow', when: enters('hot'), steps: [] }))).toEqual({
      code: 'SEGMENT_UNKNOWN',
      issues: [['when.0.segment', 'SEGMENT_UNKNOWN']],
    })
    expect(flows.ids()).toEqual([])
  })

  it('stays while it is named', () => {
    const { flows, engine } = scene()
    engine.segments.define({ id: 'hot', rule: hasTag('a') })
    flows.define({ id: 'flow', when: enters('hot'), steps: [] })
    expect(refusal(() => engine.segments.remove('hot')).code).toBe('SEGMENT_IN_USE')
    expect(engine.segments.ids()).toEqual(['hot'])
    engine.batch([
      { type: 'automation.remove', automation: 'flow' },
      { type: 'segment.remove', segment: 'hot' },
    ])
    expect(engine.segments.ids()).toEqual([])
  })

  it('defined in a batch, it is a part of it', () => {
    const { flows, engine } = scene()
    const { revision } = engine
    engine.batch(() => {
      engine.segments.define({ id: 'hot', rule: hasTag('a') })
      flows.define({ id: 'flow', when: [enters('hot'), holds(hasTag('b'))], steps: [] })
    })
    expect([flows.ids(), engine.revision]).toEqual([['flow'], revision + 1])
  })

  it('a batch that is refused leaves what was there', () => {
    const { flows, engine } = scene()
    flows.define({ id: 'flow', when: tagAdded('a'), steps: [wait('1d')] })
    engine.tags.add('ada', 'a')
    expect(
      refusal(() =>
        engine.batch([
          { type: 'automation.remove', automation: 'flow' },
          { type: 'automation.define', automation: 'other', when: [], steps: [] },
          { type: 'contact.remove', contact: 'nobody' },
        ]),
      ).code,
    ).toBe('CONTACT_UNKNOWN')
    expect(flows.ids()).toEqual(['flow'])
    expect(flows.run('flow#1')).toMatchObject({ status: 'running', until: start + 86_400_000 })
    engine.advanceTo(start + 86_400_000)
    expect(flows.run('flow#1')?.status).toBe('done')
  })
})

describe('3. by hand', () => {
  it('begins whatever triggers say, but one at a time', () => {
    const { flows } = scene()
    flows.define({ id: 'flow', when: tagAdded('a'), if: hasTag('never'), steps: [wait('1d')], reentry: 'once' })
    expect(flows.start('flow', 'ada')).toBe('flow#1')
    expect(flows.start('flow', 'ada')).toBeUndefined()
    expect(flows.runs({ contact: 'ada', status: 'running' }).map(({ because }) => because)).toEqual([{ on: 'start' }])
    expect(refusal(() => flows.start('flaw', 'ada'))).toMatchObject({ code: 'AUTOMATION_UNKNOWN' })
    expect(refusal(() => flows.start('flow', 'nobody'))).toMatchObject({ code: 'CONTACT_UNKNOWN' })
    expect(refusal(() => flows.remove('flaw'))).toMatchObject({ code: 'AUTOMATION_UNKNOWN' })
  })
})

describe('4. tags', () => {
  const tagged = (): ReturnType<typeof scene> => {
    const made = scene()
    made.flows.define({
      id: 'flow',
      when: tagAdded('hot'),
      if: hasTagLike('ho*'),
      steps: [addTags(['warm', 'hot']), wait('1d'), branch(hasTag('hot'), [addTags('was-hot')])],
    })
    made.engine.tags.add('ada', 'hot')
    return made
  }

  it('a new name goes into triggers, rules and steps, also of runs under way, and begins nothing', () => {
    const { engine, flows } = tagged()
    expect(refusal(() => engine.tags.catalogue.rename('hot', 'eager'))).toEqual({
      code: 'TAG_READ_LOOSELY',
      issues: [['automation.flow.if', 'TAG_READ_LOOSELY']],
    })
    const { outcomes } = engine.tags.catalogue.rename('hot', 'eager', { force: true })
    expect(outcomes).toEqual([{ type: 'tag.rename', contacts: 1, segments: [], automations: ['flow'] }])
    expect(flows.get('flow')).toMatchObject({
      when: [{ tag: 'eager' }],
      steps: [{ changes: [{ tags: ['warm', 'eager'] }] }, {}, { rule: { tag: 'eager' } }],
    })
    expect(flows.runs()).toHaveLength(1)
    engine.advanceTo(start + 86_400_000)
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['eager', 'warm', 'was-hot'])
  })

  it('a tag that is gone triggers nothing and is put on no more', () => {
    const { engine, flows } = tagged()
    engine.tags.catalogue.delete('hot', { force: true })
    expect(flows.get('flow')).toMatchObject({ when: [], steps: [{ changes: [{ tags: ['warm'] }] }, {}, {}] })
    engine.advanceTo(start + 86_400_000)
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['warm'])
  })

  it('who reads a tag', () => {
    const { engine } = tagged()
    expect(engine.tags.catalogue.readers('hot')).toEqual([
      { in: 'automation', id: 'flow', by: 'name', path: ['steps', 2, 'rule'] },
      { in: 'automation', id: 'flow', by: 'steps' },
      { in: 'automation', id: 'flow', by: 'pattern', path: ['if'] },
    ])
    expect(engine.tags.catalogue.readers('warm')).toEqual([{ in: 'automation', id: 'flow', by: 'steps' }])
  })
})

describe('5. engines', () => {
  it('one each', () => {
    const { flows } = scene()
    expect(refusal(() => createEngine({ ...engineOptions, automation: flows })).code).toBe('OPTION_INVALID')
  })

  it('none without', () => {
    expect(refusal(() => automations().ids()).code).toBe('AUTOMATION_OFF')
    const engine = createEngine(engineOptions)
    expect(refusal(() => engine.apply({ type: 'automation.remove', automation: 'flow' })).code).toBe('AUTOMATION_OFF')
    expect(refusal(() => createEngine({ ...engineOptions, automation: {} as never })).code).toBe('OPTION_INVALID')
  })
})
