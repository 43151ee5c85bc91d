import {
  attribute,
  createEngine,
  everyone,
  hasTag,
  inSegment,
  memoryStorage,
  nobody,
  openEngine,
  type Engine,
  type SegmentInput,
} from 'coterie'
import { describe, expect, it } from 'vitest'
import { verifyNow } from '../../src/population/verify.js'
import { day, engineOf, hour, inWords, membersOf, newEngine, refusal, start, told } from './scene.js'

/*
 * Damped segments at their boundaries. That they agree with the plain evaluator over any history is for the model and the
 * properties.
 */

const definition = {
  id: 'hot',
  rule: attribute('score').atLeast(80),
  stay: attribute('score').atLeast(60),
  minimumStay: '7d',
  coolDown: '30d',
} as const satisfies SegmentInput

function scene(more: Partial<SegmentInput> = {}): Engine {
  const engine = newEngine()
  engine.segments.define({ ...definition, ...more })
  engine.contacts.put({ id: 'ada', attributes: { score: 85 } })
  return engine
}

function score(engine: Engine, points: number): readonly string[] {
  return inWords(engine.contacts.patch('ada', { score: points }).transitions)
}

function steps(engine: Engine, to: number): readonly (readonly [string, number])[] {
  return engine.advanceTo(to).transitions.map(({ type, at }) => [type, (at - start) / day])
}

describe('a damped segment', () => {
  it('keeps members while stay holds, however the rule fails', () => {
    const engine = scene({ minimumStay: null })
    expect(score(engine, 60)).toEqual([])
    expect(score(engine, 59)).toEqual(['ada exits hot'])
  })

  it('without stay it is the rule that must hold', () => {
    const engine = scene({ stay: null, minimumStay: null })
    expect(score(engine, 79)).toEqual(['ada exits hot'])
  })

  it('lets nobody go before the minimum stay is over, and then at that very instant', () => {
    const engine = scene()
    engine.advanceTo(start + hour)
    expect(score(engine, 10)).toEqual([])
    expect(engine.nextDueAt()).toBe(start + 7 * day)
    expect(steps(engine, start + 7 * day - 1)).toEqual([])
    const { transitions } = engine.advanceTo(start + 7 * day)
    expect(transitions.map(({ type, at }) => [type, at])).toEqual([['exit', start + 7 * day]])
    expect(transitions[0]?.cause).toMatchObject({ kind: 'time', dueAt: start + 7 * day })
    expect(transitions[0]?.cause).not.toHaveProperty('window')
    expect(transitions[0]?.duration).toBe(7 * day)
    expect(engine.nextDueAt()).toBeUndefined()
  })

  it('a change at the very end of the minimum stay is not too early', () => {
    const engine = scene()
    engine.advanceTo(start + 7 * day)
    expect(score(engine, 10)).toEqual(['ada exits hot'])
  })

  it('takes nobody in again before the cooling down is over, and then at that very instant', () => {
    const engine = scene({ minimumStay: null })
    expect(score(engine, 10)).toEqual(['ada exits hot'])
    engine.advanceTo(start + day)
    expect(score(engine, 90)).toEqual([])
    expect(engine.nextDueAt()).toBe(start + 30 * day)
    expect(steps(engine, start + 30 * day - 1)).toEqual([])
    expect(steps(engine, start + 30 * day)).toEqual([['enter', 30]])
  })

  it('a change at the very end of the cooling down is not too early', () => {
    const engine = scene({ minimumStay: null })
    score(engine, 10)
    engine.advanceTo(start + 30 * day)
    expect(score(engine, 90)).toEqual(['ada enters hot'])
  })

  it('who waits and need not any more waits no longer', () => {
    const engine = scene()
    score(engine, 10)
    expect(engine.nextDueAt()).toBe(start + 7 * day)
    score(engine, 65)
    expect(engine.nextDueAt()).toBeUndefined()
    expect(steps(engine, start + 8 * day)).toEqual([])
    expect(score(engine, 10)).toEqual(['ada exits hot'])
    score(engine, 90)
    expect(engine.nextDueAt()).toBe(start + 38 * day)
    score(engine, 79)
    expect(engine.nextDueAt()).toBeUndefined()
    expect(engine.advanceTo(start + 50 * day).transitions).toEqual([])
    expect(engine.statistics().steps).toBe(0)
  })

  it('takes nobody in whom stay would send away again', () => {
    const engine = newEngine()
    engine.segments.define({
      id: 's',
      rule: hasTag('buyer'),
      stay: hasTag('consent'),
      minimumStay: '1d',
      coolDown: '1d',
    })
    engine.contacts.put({ id: 'ada' })
    expect(engine.tags.add('ada', 'buyer').transitions).toEqual([])
    expect(engine.nextDueAt()).toBeUndefined()
    expect(inWords(engine.tags.add('ada', 'consent').transitions)).toEqual(['ada enters s'])
    engine.advanceTo(start + day)
    expect(inWords(engine.tags.remove('ada', 'consent').transitions)).toEqual(['ada exits s'])
  })

  it('windows move it like any rule, and say where', () => {
    const engine = newEngine()
    const recent = attribute('seen').inLast('2d')
    engine.segments.define({ id: 'a', rule: recent, minimumStay: '1d' })
    engine.segments.define({ id: 'b', rule: hasTag('x'), stay: recent })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    engine.tags.add('ada', 'x')
    const { transitions } = engine.advanceTo(start + 3 * day)
    expect(
      transitions.map(({ segmentId, type, at, cause }) => [segmentId, type, (at - start) / day, cause.window]),
    ).toEqual([
      ['a', 'exit', 2, []],
      ['b', 'exit', 2, ['stay']],
    ])
  })

  it('leaving with the contact or the segment waits for nothing', () => {
    const engine = scene()
    engine.contacts.put({ id: 'bob', attributes: { score: 90 } })
    score(engine, 10)
    expect(inWords(engine.contacts.remove('ada').transitions)).toEqual(['ada exits hot'])
    expect(engine.nextDueAt()).toBeUndefined()
    engine.contacts.patch('bob', { score: 10 })
    expect(engine.nextDueAt()).toBe(start + 7 * day)
    expect(inWords(engine.segments.remove('hot').transitions)).toEqual(['bob exits hot'])
    expect(engine.nextDueAt()).toBeUndefined()
  })

  it('a contact removed and put again is a new one, with nothing to cool down from', () => {
    const engine = scene({ minimumStay: null })
    score(engine, 10)
    engine.contacts.remove('ada')
    expect(inWords(engine.contacts.put({ id: 'ada', attributes: { score: 85 } }).transitions)).toEqual([
      'ada enters hot',
    ])
  })

  it('merged contacts keep the times of the one that stays', () => {
    const engine = scene()
    engine.contacts.put({ id: 'bob', attributes: { score: 10 } })
    expect(inWords(engine.contacts.merge({ from: 'ada', into: 'bob' }).transitions)).toEqual(['ada exits hot'])
    expect(engine.nextDueAt()).toBeUndefined()
  })

  it('counts from entries and exits also where it keeps no visits', () => {
    const engine = scene({ visits: false })
    score(engine, 10)
    expect(steps(engine, start + 8 * day)).toEqual([['exit', 7]])
    score(engine, 90)
    expect(steps(engine, start + 40 * day)).toEqual([['enter', 37]])
  })

  it('tags that it holds last as long as the membership', () => {
    const engine = scene({ holds: 'hot-lead' })
    score(engine, 10)
    expect(engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['hot-lead'])
    engine.advanceTo(start + 7 * day)
    expect(engine.tags.of('ada')).toEqual([])
  })
})

describe('its definition', () => {
  it('makes the kind known', () => {
    const engine = newEngine()
    expect(engine.segments.define({ id: 'a', rule: everyone, coolDown: '1h' }).kind).toBe('damped')
    expect(engine.segments.define({ id: 'b', kind: 'damped', rule: everyone }).damping).toEqual({})
    expect(engine.segments.define({ id: 'c', rule: everyone, stay: null }).kind).toBe('dynamic')
    const { damping } = engine.segments.define({
      id: 'd',
      rule: everyone,
      stay: nobody,
      minimumStay: 'PT36H',
      coolDown: '90m',
    })
    expect(damping).toEqual({ stay: { op: 'nobody' }, minimumStay: '36h', coolDown: '90m' })
  })

  it('keeps what it leaves out, and null takes a part away', () => {
    const engine = scene()
    const handle = engine.segments.define({ id: 'hot', minimumStay: null, coolDown: '1d' })
    expect(handle.damping).toEqual({ stay: definition.stay, coolDown: '1d' })
    expect(engine.segments.define({ id: 'hot', stay: null, coolDown: null }).damping).toEqual({})
    expect(handle.kind).toBe('damped')
  })

  it('defined anew it decides by the entries and exits that were', () => {
    const engine = scene()
    score(engine, 10)
    engine.advanceTo(start + 3 * day)
    expect(membersOf(engine, 'hot')).toEqual(['ada'])
    const redefined = engine.apply({ type: 'segment.define', id: 'hot', minimumStay: '3d' })
    expect(inWords(redefined.transitions)).toEqual(['ada exits hot'])
    expect(engine.nextDueAt()).toBeUndefined()
    score(engine, 90)
    expect(engine.nextDueAt()).toBe(start + 33 * day)
    engine.segments.define({ id: 'hot', coolDown: '5d' })
    expect(engine.nextDueAt()).toBe(start + 8 * day)
    engine.segments.define({ id: 'hot', coolDown: '300d' })
    expect(engine.nextDueAt()).toBe(start + 303 * day)
  })

  it('another stay alone is what members are watched by from then on', () => {
    const engine = engineOf('ada')
    const rule = attribute('n').atLeast(5)
    engine.segments.define({ id: 's', kind: 'damped', rule, stay: attribute('n').atLeast(3) })
    const n = (value: number): readonly string[] => {
      engine.contacts.patch('ada', { n: value })
      return engine.segments.of('ada')
    }
    expect([n(5), n(4), n(2)]).toEqual([['s'], ['s'], []])
    engine.segments.define({ id: 's', kind: 'damped', rule, stay: attribute('m').atLeast(1) })
    engine.contacts.patch('ada', { m: 1 })
    expect([n(5), n(2)]).toEqual([['s'], ['s']])
    engine.contacts.patch('ada', { m: 0 })
    expect(engine.segments.of('ada')).toEqual([])
  })

  it('the same definition again moves nobody, and an equal rule neither', () => {
    const engine = scene()
    expect(engine.apply({ type: 'segment.define', ...definition, minimumStay: '168h' })).toMatchObject({
      transitions: [],
      outcomes: [{ changed: false }],
    })
  })

  it.each([
    ['dynamic', { id: 's', kind: 'dynamic', rule: everyone, stay: everyone }, 'SEGMENT_KIND'],
    ['hybrid', { id: 's', kind: 'hybrid', rule: everyone, minimumStay: '1d' }, 'SEGMENT_KIND'],
    ['static', { id: 's', kind: 'static', coolDown: '1d' }, 'SEGMENT_KIND'],
    ['of given contacts', { id: 's', rule: everyone, coolDown: '1d', contacts: [] }, 'SEGMENT_KIND'],
    ['without a rule', { id: 's', coolDown: '1d' }, 'CHANGE_INVALID'],
    ['of months', { id: 's', rule: everyone, coolDown: 'P1M' }, 'DURATION_INVALID'],
    ['of less than nothing', { id: 's', rule: everyone, minimumStay: -1 as never }, 'DURATION_INVALID'],
  ] as const satisfies readonly (readonly [string, SegmentInput, string])[])('%s is refused', (_, input, code) => {
    const engine = newEngine()
    expect(refusal(() => engine.segments.define(input)).code).toBe(code)
    expect(engine.segments.count).toBe(0)
  })

  it('nobody is put in by hand', () => {
    const engine = scene()
    expect(refusal(() => engine.members.include('hot', 'ada')).code).toBe('SEGMENT_KIND')
    expect(refusal(() => engine.members.exclude('hot', 'ada')).code).toBe('SEGMENT_KIND')
    expect(refusal(() => engine.members.reset('hot', 'ada')).code).toBe('SEGMENT_KIND')
  })

  it('loops through stay are refused, and the segments in it are in use', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'a', rule: everyone })
    engine.segments.define({ id: 'b', rule: everyone, stay: inSegment('a') })
    expect(refusal(() => engine.segments.define({ id: 'a', rule: inSegment('b') })).received).toBe('"a" → "b" → "a"')
    expect(refusal(() => engine.segments.remove('a')).code).toBe('SEGMENT_IN_USE')
    const unknown = refusal(() => engine.segments.define({ id: 'c', rule: everyone, stay: inSegment('aa') }))
    expect(unknown).toMatchObject({ code: 'SEGMENT_UNKNOWN', path: ['stay'], expected: 'a' })
    const own = refusal(() => engine.segments.define({ id: 'd', rule: everyone, stay: hasTag('t'), holds: 't' }))
    expect(own.code).toBe('RULE_LOOP')
  })

  it('tags in stay are rewritten, and listed', () => {
    const engine = newEngine()
    engine.segments.define({ id: 's', rule: hasTag('x'), stay: hasTag('y'), minimumStay: '1d' })
    engine.contacts.put({ id: 'ada' })
    engine.tags.add('ada', ['x', 'y'])
    expect(engine.tags.catalogue.readers('y')).toEqual([{ in: 'segment', id: 's', by: 'name' }])
    expect(engine.tags.catalogue.rename('y', 'z').transitions).toEqual([])
    expect(engine.segments.get('s')?.damping?.stay).toEqual(hasTag('z'))
    expect(engine.tags.catalogue.preview({ type: 'tag.delete', tags: 'z' }).moves).toEqual([])
    expect(engine.tags.catalogue.delete('z').transitions).toEqual([])
    expect(inWords(engine.advanceTo(start + day).transitions)).toEqual(['ada exits s'])
  })
})

describe('converting', () => {
  it('members of another kind have been in since their visits began', () => {
    const engine = newEngine()
    engine.segments.define({ id: 's', rule: hasTag('x') })
    engine.contacts.put({ id: 'ada' })
    engine.tags.add('ada', 'x')
    engine.advanceTo(start + 2 * day)
    engine.segments.convert('s', 'damped', undefined, { minimumStay: '3d' })
    engine.tags.remove('ada', 'x')
    expect(steps(engine, start + 10 * day)).toEqual([['exit', 3]])
  })

  it('or since then, where none are kept', () => {
    const engine = newEngine()
    engine.segments.define({ id: 's', rule: hasTag('x'), visits: false })
    engine.contacts.put({ id: 'ada' })
    engine.tags.add('ada', 'x')
    engine.advanceTo(start + 2 * day)
    engine.segments.convert('s', 'damped', undefined, { minimumStay: '3d' })
    engine.tags.remove('ada', 'x')
    expect(steps(engine, start + 10 * day)).toEqual([['exit', 5]])
  })

  it('to dynamic the plain rule decides, and nobody waits any more', () => {
    const engine = scene()
    score(engine, 10)
    const converted = engine.segments.convert('hot', 'dynamic')
    expect(inWords(converted.transitions)).toEqual(['ada exits hot'])
    expect(engine.nextDueAt()).toBeUndefined()
    expect(engine.segments.get('hot')?.damping).toBeUndefined()
    expect(score(engine, 90)).toEqual(['ada enters hot'])
  })

  it('to static the members of the moment stay', () => {
    const engine = scene()
    score(engine, 10)
    engine.segments.convert('hot', 'static')
    engine.advanceTo(start + 60 * day)
    expect(membersOf(engine, 'hot')).toEqual(['ada'])
  })

  it('to another kind no damping is given', () => {
    const engine = scene()
    const refused = refusal(() => engine.segments.convert('hot', 'hybrid', undefined, { coolDown: '1d' }))
    expect(refused).toMatchObject({ code: 'CHANGE_INVALID', path: ['coolDown'] })
  })

  it('a refused batch leaves everything as it was', () => {
    const engine = scene()
    score(engine, 10)
    const refused = refusal(() =>
      engine.batch([
        { type: 'segment.convert', segment: 'hot', kind: 'dynamic' },
        { type: 'segment.remove', segment: 'cold' },
      ]),
    )
    expect(refused.code).toBe('SEGMENT_UNKNOWN')
    expect(engine.segments.get('hot')?.damping).toEqual({
      stay: definition.stay,
      minimumStay: '7d',
      coolDown: '30d',
    })
    expect(steps(engine, start + 10 * day)).toEqual([['exit', 7]])
  })
})

describe('questions', () => {
  it('explain shows the difference to the plain rule', () => {
    const engine = scene()
    expect(engine.segments.explain('hot', 'ada').damped).toMatchObject({
      byRule: true,
      mayStay: true,
      differs: false,
      movedAt: start,
      heldUntil: start + 7 * day,
    })
    score(engine, 10)
    const inside = engine.segments.explain('hot', 'ada')
    expect(inside).toMatchObject({ member: true, next: { at: start + 7 * day } })
    expect(inside.damped).toMatchObject({ byRule: false, mayStay: false, differs: true, waitsUntil: start + 7 * day })
    expect(inside.damped?.stay?.holds).toBe(false)
    engine.advanceTo(start + 7 * day)
    score(engine, 90)
    const outside = engine.segments.explain('hot', 'ada')
    expect(outside).toMatchObject({ member: false, next: { at: start + 37 * day } })
    expect(outside.damped).toMatchObject({
      byRule: true,
      differs: true,
      movedAt: start + 7 * day,
      heldUntil: start + 37 * day,
      waitsUntil: start + 37 * day,
    })
    expect(verifyNow(engine, { clock: true }).deviations).toEqual([])
  })

  it('nextChangeAt looks through entries and exits to come, of those referred to too', () => {
    const engine = newEngine()
    engine.segments.define({ id: 'fresh', rule: attribute('seen').inLast('1d'), minimumStay: '3d' })
    engine.segments.define({ id: 'after', rule: inSegment('fresh'), minimumStay: '10d' })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    expect(engine.segments.nextChangeAt('fresh', 'ada')).toEqual({ at: start + 3 * day })
    expect(engine.segments.nextChangeAt('after', 'ada')).toEqual({ at: start + 10 * day })
    const transitions = told(engine)
    engine.advanceTo(start + 20 * day)
    expect(transitions.map(({ segmentId, at }) => [segmentId, (at - start) / day])).toEqual([
      ['fresh', 3],
      ['after', 10],
    ])
    expect(engine.segments.nextChangeAt('after', 'ada')).toEqual({ never: true })
  })

  it('compare takes damping into account', () => {
    const engine = scene()
    engine.contacts.put({ id: 'bob', attributes: { score: 70 } })
    engine.contacts.put({ id: 'cyd', attributes: { score: 50 } })
    expect(engine.segments.compare('hot', attribute('score').atLeast(40))).toEqual({
      enter: ['bob'],
      exit: [],
      before: 1,
      after: 2,
    })
  })
})

describe('kept in a storage', () => {
  it.each([true, false])('goes on where it was, with a snapshot: %s', async (isSnapshot) => {
    const storage = memoryStorage()
    const first = await openEngine({ now: start, storage })
    first.segments.define({ ...definition, visits: false })
    first.contacts.put({ id: 'ada', attributes: { score: 85 } })
    first.contacts.put({ id: 'bob', attributes: { score: 85 } })
    first.advanceTo(start + 7 * day)
    first.contacts.patch('ada', { score: 10 })
    first.contacts.patch('ada', { score: 90 })
    if (isSnapshot) await first.snapshot()
    await first.close()
    const again = await openEngine({ now: start, storage })
    expect(again.segments.get('hot')?.movedAt('ada')).toBe(start + 7 * day)
    expect(again.segments.get('hot')?.movedAt('bob')).toBe(start)
    expect(again.nextDueAt()).toBe(start + 37 * day)
    expect(inWords(again.advanceTo(start + 37 * day).transitions)).toEqual(['ada enters hot'])
    await again.close()
  })
})

describe('one step or many', () => {
  it('come to the same', () => {
    const whole = scene()
    const parts = createEngine({ now: start })
    parts.segments.define(definition)
    parts.contacts.put({ id: 'ada', attributes: { score: 85 } })
    score(whole, 10)
    score(parts, 10)
    const [one, many] = [told(whole), told(parts)]
    whole.advanceTo(start + 60 * day)
    for (let at = start; at <= start + 60 * day; at += hour) parts.advanceTo(at)
    expect(many).toEqual(one)
  })
})
