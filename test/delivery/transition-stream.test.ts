import type { Transition } from 'coterie'
import { describe, expect, it } from 'vitest'
import { TransitionStream, type StreamOptions } from '../../src/delivery/transition-stream.js'

function transition(seq: number): Transition {
  return {
    seq,
    type: 'enter',
    segmentId: 's',
    contactId: 'ada',
    at: 0,
    cause: { revision: seq, kind: 'tag' },
  }
}

/** A stream, what it hears from, and how often it let go of that and of its signal. */
function made(options: StreamOptions = {}) {
  const aborts = new Set<() => void>()
  const counts = { unlistened: 0, removed: 0 }
  let hear: (one: Transition) => void = () => undefined
  const signal = {
    aborted: false,
    addEventListener: (type: string, listener: () => void) => {
      if (type === 'abort') aborts.add(listener)
    },
    removeEventListener: (type: string, listener: () => void) => {
      if (type === 'abort' && aborts.delete(listener)) counts.removed += 1
    },
  }
  const stream = new TransitionStream(
    (given) => {
      hear = given
      return () => void (counts.unlistened += 1)
    },
    { signal, ...options },
  )
  const offer = (...seqs: readonly number[]): void => {
    for (const seq of seqs) hear(transition(seq))
  }
  const abort = (): void => {
    for (const listener of [...aborts]) listener()
  }
  return { stream, offer, abort, counts, aborts }
}

const over = { value: undefined, done: true }

describe('a stream of transitions', () => {
  it('lets go of its signal and of what it hears from when the signal ends it, once', async () => {
    const { stream, offer, abort, counts, aborts } = made()
    expect(aborts.size).toBe(1)
    offer(1)
    abort()
    abort()
    expect(counts).toEqual({ unlistened: 1, removed: 1 })
    expect(await stream.next()).toMatchObject({ value: { seq: 1 }, done: false })
    expect(await stream.next()).toEqual(over)
    await stream.return()
    expect(counts).toEqual({ unlistened: 1, removed: 1 })
  })

  it('lets go when the loop is left: what waits is dropped, and who waits is told', async () => {
    const { stream, offer, counts } = made()
    offer(1, 2)
    expect(await stream.return()).toEqual(over)
    expect(counts).toEqual({ unlistened: 1, removed: 1 })
    expect(await stream.next()).toEqual(over)

    const idle = made()
    const waiting = [idle.stream.next(), idle.stream.next()]
    idle.abort()
    expect(await Promise.all(waiting)).toEqual([over, over])
  })

  it('holds ten thousand and then ends with an error, where nothing else is said', async () => {
    const { stream, offer, counts } = made()
    offer(...Array.from({ length: 10_000 }, (_, place) => place + 1))
    expect(counts.unlistened).toBe(0)
    offer(10_001)
    expect(counts.unlistened).toBe(1)
    for (let place = 0; place < 10_000; place += 1) await stream.next()
    await expect(stream.next()).rejects.toMatchObject({
      code: 'SUBSCRIPTION_OVERFLOW',
      message: 'Transitions came faster than they were taken',
      received: 'transition 10001',
      expected: 'at most 10000 that wait',
    })
    expect(await stream.next()).toEqual(over)
  })

  it('forgets the error when the loop is left before it', async () => {
    const { stream, offer } = made({ capacity: 1 })
    offer(1, 2)
    await stream.return()
    expect(await stream.next()).toEqual(over)
  })

  it('goes on after it dropped', async () => {
    for (const [overflow, seqs] of [
      ['dropOldest', [2, 3]],
      ['dropNewest', [1, 2]],
    ] as const) {
      const { stream, offer, counts } = made({ capacity: 2, overflow })
      offer(1, 2, 3)
      expect(counts.unlistened).toBe(0)
      expect([(await stream.next()).value, (await stream.next()).value].map((one: Transition) => one.seq)).toEqual(seqs)
      const next = stream.next()
      offer(4)
      expect(await next).toMatchObject({ value: { seq: 4 }, done: false })
    }
  })

  it('is its own iterator', () => {
    const { stream } = made()
    expect(stream[Symbol.asyncIterator]()).toBe(stream)
  })

  it('needs no signal', async () => {
    const stream = new TransitionStream(() => () => undefined, {})
    await expect(stream.return()).resolves.toEqual(over)
  })
})
