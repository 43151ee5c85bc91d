import { attribute, everyone, hasTag, type Engine, type StreamOptions, type Transition } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, inWords, refusal, start, vipEngine } from './scene.js'

/** Puts the tag on and takes it off again, so many times. */
function flip(engine: Engine, contact: string, times: number): void {
  for (let i = 0; i < times; i++) {
    engine.tags.add(contact, 'vip')
    engine.tags.remove(contact, 'vip')
  }
}

/** What a stream gives until it ends, and the code of the error it ends with. */
async function drained(
  stream: AsyncIterable<Transition>,
): Promise<{ readonly seqs: readonly number[]; readonly error?: unknown }> {
  const seqs: number[] = []
  try {
    for await (const { seq } of stream) seqs.push(seq)
    return { seqs }
  } catch (error) {
    return { seqs, error }
  }
}

describe('transitions()', () => {
  it('listens from when it is called, to every transition', async () => {
    const engine = vipEngine()
    engine.tags.add('bob', 'vip')
    const controller = new AbortController()
    const stream = engine.transitions({ signal: controller.signal })
    engine.tags.add('ada', 'vip')
    engine.segments.define({ id: 'all', rule: everyone })
    engine.contacts.remove('ada')
    controller.abort()
    expect(await drained(stream)).toEqual({ seqs: [2, 3, 4, 5, 6] })
  })

  it('hears what it asks for', async () => {
    const engine = vipEngine()
    engine.segments.define({ id: 'other', rule: hasTag('other') })
    const controller = new AbortController()
    const { signal } = controller
    const streams = [
      engine.transitions({ segment: 'vip', signal }),
      engine.transitions({ contact: 'bob', signal }),
      engine.transitions({ causes: ['contact'], signal }),
    ]
    engine.tags.add(['ada', 'bob'], ['vip', 'other'])
    engine.contacts.remove('ada')
    controller.abort()
    const heard = await Promise.all(streams.map(async (stream) => (await drained(stream)).seqs))
    expect(heard).toEqual([
      [1, 3, 5],
      [3, 4],
      [5, 6],
    ])
  })

  it('hands over to who waits, in order', async () => {
    const engine = vipEngine()
    const stream = engine.transitions()
    const waiting = [stream.next(), stream.next(), stream.next()]
    flip(engine, 'ada', 2)
    const results = await Promise.all(waiting)
    expect(results.map(({ value, done }) => [(value as Transition).seq, done])).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ])
    expect(await stream.next()).toMatchObject({ value: { seq: 4 }, done: false })
  })

  it('ends with the loop that is left, and hears no more', async () => {
    const engine = vipEngine()
    const stream = engine.transitions()
    flip(engine, 'ada', 3)
    for await (const { seq } of stream) if (seq === 2) break
    flip(engine, 'ada', 1)
    expect(await stream.next()).toEqual({ value: undefined, done: true })
  })

  it('ends with its signal: those that wait are given out first, and who waits is told', async () => {
    const engine = vipEngine()
    const controller = new AbortController()
    const stream = engine.transitions({ signal: controller.signal })
    const idle = engine.transitions({ signal: controller.signal })
    const waiting = idle.next()
    engine.tags.add('ada', 'vip')
    controller.abort()
    engine.tags.remove('ada', 'vip')
    expect(await drained(stream)).toEqual({ seqs: [1] })
    expect(await waiting).toMatchObject({ done: false })
    expect(await idle.next()).toEqual({ value: undefined, done: true })
  })

  it('with a signal that was aborted before ends at once', async () => {
    const engine = vipEngine()
    const stream = engine.transitions({ signal: AbortSignal.abort() })
    engine.tags.add('ada', 'vip')
    expect(await drained(stream)).toEqual({ seqs: [] })
  })

  it('gives the steps of an advance with their instants', async () => {
    const engine = vipEngine()
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('2d') })
    engine.contacts.patch('ada', { seen: new Date(start + day) })
    const controller = new AbortController()
    const stream = engine.transitions({ signal: controller.signal })
    engine.advanceTo(start + 9 * day)
    controller.abort()
    const heard: Transition[] = []
    for await (const transition of stream) heard.push(transition)
    expect(inWords(heard)).toEqual(['ada enters recent', 'ada exits recent'])
    expect(heard.map(({ at }) => (at - start) / day)).toEqual([1, 3])
  })
})

describe('a stream that nobody takes from', () => {
  const overflowing = async (options: StreamOptions) => {
    const engine = vipEngine()
    const controller = new AbortController()
    const stream = engine.transitions({ capacity: 4, signal: controller.signal, ...options })
    flip(engine, 'ada', 5)
    const { seqs, error } = await drainedAfter(stream, controller)
    return { seqs, error }
  }
  const drainedAfter = (stream: AsyncIterable<Transition>, controller: AbortController) => {
    controller.abort()
    return drained(stream)
  }

  it('ends with SUBSCRIPTION_OVERFLOW after those that wait', async () => {
    for (const options of [{}, { overflow: 'error' as const }]) {
      const { seqs, error } = await overflowing(options)
      expect(seqs).toEqual([1, 2, 3, 4])
      expect(error).toMatchObject({ code: 'SUBSCRIPTION_OVERFLOW' })
    }
  })

  it('drops the oldest, or the newest, where it is told to', async () => {
    expect(await overflowing({ overflow: 'dropOldest' })).toEqual({ seqs: [7, 8, 9, 10], error: undefined })
    expect(await overflowing({ overflow: 'dropNewest' })).toEqual({ seqs: [1, 2, 3, 4], error: undefined })
  })

  it('keeps 10,000 where nothing is said', async () => {
    const engine = vipEngine()
    const stream = engine.transitions()
    flip(engine, 'ada', 5_001)
    const { seqs, error } = await drained(stream)
    expect(seqs).toHaveLength(10_000)
    expect(error).toMatchObject({ code: 'SUBSCRIPTION_OVERFLOW' })
  })

  it('hurts neither the engine nor another stream', async () => {
    const engine = vipEngine()
    const controller = new AbortController()
    engine.transitions({ capacity: 1 })
    const other = engine.transitions({ signal: controller.signal })
    flip(engine, 'ada', 2)
    controller.abort()
    expect((await drained(other)).seqs).toEqual([1, 2, 3, 4])
  })

  it('that overflowed and was left is over', async () => {
    const engine = vipEngine()
    const stream = engine.transitions({ capacity: 1 })
    flip(engine, 'ada', 2)
    await stream.return?.()
    expect(await stream.next()).toEqual({ value: undefined, done: true })
  })

  it.each([
    { capacity: 0 },
    { capacity: -1 },
    { capacity: 1.5 },
    { capacity: NaN },
    { capacity: '5' as unknown as number },
    { overflow: 'wait' as 'error' },
  ])('%j is refused', (options) => {
    expect(refusal(() => vipEngine().transitions(options)).code).toBe('OPTION_INVALID')
  })
})
