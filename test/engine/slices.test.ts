import { all, attribute, createEngine, events, hasTag, inSegment, records, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, start } from '../work/counting.js'

/** An engine with so many contacts, every other one of plan `pro`. */
function engineOf(contacts: number): Engine {
  const engine = createEngine({ now: start })
  engine.batch(
    Array.from({ length: contacts }, (_, n) => ({
      type: 'contact.put' as const,
      contact: `c${n}`,
      attributes: { plan: n % 2 === 0 ? 'pro' : 'free', seen: new Date(start - n * 60_000) },
    })),
  )
  return engine
}

const pro = attribute('plan').equals('pro')

describe('segments.build', () => {
  it('gives way between slices, tells how far it is, and applies one change', async () => {
    const engine = engineOf(100)
    const seen: unknown[] = []
    let pauses = 0
    const pause = async (): Promise<void> => void (pauses += 1)
    const { revision } = engine
    const handle = await engine.segments.build(
      { id: 'pro', rule: pro },
      { slice: 32, pause, onProgress: (progress) => void seen.push(progress) },
    )
    expect(pauses).toBe(4)
    expect(seen).toEqual([32, 64, 96, 100].map((asked) => ({ asked, contacts: 100 })))
    expect([handle.count, engine.revision]).toEqual([50, revision + 1])
  })

  it('keeps up with what changes meanwhile, and with the clock', async () => {
    const engine = engineOf(100)
    const recent = all(pro, attribute('seen').inLast('1d'), records('deals').none())
    const changes = [
      () => engine.contacts.patch('c0', { plan: 'free' }),
      () => engine.contacts.patch('c1', { plan: 'pro' }),
      () => {
        engine.contacts.remove('c2')
        engine.contacts.put({ id: 'new', attributes: { plan: 'pro' } })
      },
      () => engine.records.put('c4', 'deals', { id: 'd' }),
    ]
    engine.contacts.patch('c90', { seen: new Date(start - day + 1) })
    const pause = async (): Promise<void> => {
      changes.shift()?.()
      if (engine.now === start) engine.advanceTo(start + 5)
    }
    const handle = await engine.segments.build({ id: 'recent', rule: recent }, { slice: 32, pause })
    const members = [...handle.members()].sort()
    expect(members).toEqual([...engine.contacts.find(recent)].sort())
    expect(members).toContain('c1')
    for (const id of ['c0', 'c2', 'c4', 'c90', 'new']) expect(members).not.toContain(id)
  })

  it('asks those again for whom time flipped what columns do not tell', async () => {
    const engine = engineOf(100)
    for (let n = 0; n < 100; n += 1)
      engine.records.put(`c${n}`, 'deals', { id: 'd', closesAt: new Date(start + (n - 50) * 3_600_000) })
    const rule = records('deals').by('closesAt').inLast('1d').exists()
    let pauses = 0
    const pause = async (): Promise<void> => {
      pauses += 1
      if (pauses === 3) engine.advanceTo(start + day)
    }
    const { count } = await engine.segments.previewInSlices(rule, { slice: 32, pause })
    expect(count).toBe(engine.contacts.find(rule).length)
    expect(count).toBeGreaterThan(20)
  })

  it('asks everybody again where time moved on, and columns told only in the beginning', async () => {
    const engine = engineOf(100)
    for (let n = 0; n < 100; n += 1) {
      engine.events.record(`c${n}`, { type: 'visit', at: start - (n % 3) * day - 1 })
      engine.events.record(`c${n}`, { type: 'buy', at: start - (n < 40 ? 10 : 100) * day })
    }
    const rule = all(events('visit').inLast('2d').none(), events('buy').count().atLeast(1))
    let pauses = 0
    const pause = async (): Promise<void> => {
      pauses += 1
      if (pauses !== 3) return
      // From here on the total of all purchases is kept for each contact, and no column tells it any more.
      engine.events.fold(start - 50 * day)
      engine.advanceTo(start + day)
    }
    engine.segments.define({ id: 'buyers', rule: events('buy').count().atLeast(1) })
    const { count } = await engine.segments.previewInSlices(rule, { slice: 32, pause })
    expect(count).toBe(engine.contacts.find(rule).length)
    expect(count).toBe(66)
  })

  it('asks nobody again at the end but those who changed', async () => {
    const engine = engineOf(1_000)
    const asked = all(pro, events('visit').mostFrequent('page').equals('home'))
    const before = engine.statistics().scanTests
    let pauses = 0
    const pause = async (): Promise<void> => {
      pauses += 1
      if (pauses === 2) engine.contacts.patch('c0', { seen: new Date(0) })
    }
    await engine.segments.build({ id: 's', rule: asked }, { slice: 320, pause })
    expect(engine.statistics().scanTests - before).toBe(501)
  })

  it('refers to segments that move meanwhile', async () => {
    const engine = engineOf(100)
    engine.segments.define({ id: 'vip', rule: hasTag('vip') })
    const rule = all(inSegment('vip'), pro)
    let pauses = 0
    const pause = async (): Promise<void> => {
      pauses += 1
      if (pauses === 3) engine.tags.add(['c0', 'c1', 'c98'], 'vip')
    }
    const handle = await engine.segments.build({ id: 's', rule }, { slice: 32, pause })
    expect([...handle.members()]).toEqual(['c0', 'c98'])
  })

  it('ends with the reason of the signal, and has changed nothing', async () => {
    const engine = engineOf(100)
    const controller = new AbortController()
    const build = engine.segments.build(
      { id: 's', rule: pro },
      { slice: 32, signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) },
    )
    await expect(build).rejects.toThrow('enough')
    expect(engine.segments.get('s')).toBeUndefined()
  })

  it('rejects with what define throws', async () => {
    const engine = engineOf(1)
    await expect(engine.segments.build({ id: 's', rule: inSegment('none') })).rejects.toMatchObject({
      code: 'SEGMENT_UNKNOWN',
    })
    await expect(engine.segments.build({ id: 's', rule: pro }, { slice: 0 })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    })
    engine.segments.define({ id: 'hand', contacts: ['c0'] })
    await expect(engine.segments.build({ id: 'hand', kind: 'dynamic', rule: pro })).rejects.toMatchObject({
      code: 'SEGMENT_KIND',
    })
  })

  it('gives way by a timer where nothing else is said', async () => {
    const engine = engineOf(20_000)
    let turns = 0
    const timer = setInterval(() => (turns += 1), 0)
    const handle = await engine.segments.build({ id: 'pro', rule: pro })
    clearInterval(timer)
    expect(handle.count).toBe(10_000)
    expect(turns).toBeGreaterThan(0)
  })
})

describe('segments.previewInSlices', () => {
  it('says what preview says when it is done', async () => {
    const engine = engineOf(100)
    const pause = async (): Promise<void> => void engine.contacts.patch('c1', { plan: 'pro' })
    const preview = await engine.segments.previewInSlices(pro, { slice: 32, pause, sample: 3 })
    expect(preview).toEqual({ count: 51, sample: ['c0', 'c1', 'c2'] })
    expect(preview).toEqual(engine.segments.preview(pro, { sample: 3 }))
  })
})
