import { attribute, createEngine, type Engine, type Timers } from 'coterie'
import { describe, expect, it } from 'vitest'
import { day, hour, newEngine, refusal, start } from './scene.js'

interface Waiting {
  readonly timer: number
  readonly at: number
  readonly call: () => void
}

/** A host with a clock and timers that a test moves by hand. */
class Host implements Timers {
  time = start
  readonly #timers = new Map<number, Waiting>()
  /** The delays asked for. */
  readonly delays: number[] = []

  setTimeout(call: () => void, ms: number): unknown {
    this.delays.push(ms)
    this.#timers.set(this.delays.length, { timer: this.delays.length, at: this.time + ms, call })
    return this.delays.length
  }

  clearTimeout(timer: unknown): void {
    if (!this.#timers.delete(timer as number)) throw new Error('There is no such timer')
  }

  get waiting(): number {
    return this.#timers.size
  }

  /** Lets time pass; timers fire when they are due. */
  pass(ms: number): void {
    const end = this.time + ms
    for (let next = this.#next(); next !== undefined && next.at <= end; next = this.#next()) {
      this.time = Math.max(this.time, next.at)
      this.#fire(next)
    }
    this.time = end
  }

  /** Fires the next timer at a time of the host's own choosing. */
  fireAt(time: number): void {
    const next = this.#next()
    if (next === undefined) throw new Error('No timer waits')
    this.time = time
    this.#fire(next)
  }

  #next(): Waiting | undefined {
    return [...this.#timers.values()].sort((a, b) => a.at - b.at)[0]
  }

  #fire(waiting: Waiting): void {
    this.#timers.delete(waiting.timer)
    waiting.call()
  }
}

/** An engine that runs on a host, with a segment of those seen within so long. */
function running(
  host: Host,
  within: '1h' | '60d' = '1h',
): { readonly engine: Engine; readonly stop: () => void; readonly exits: number[] } {
  const engine = createEngine({ clock: () => host.time })
  engine.segments.define({ id: 'recent', rule: attribute('seen').inLast(within) })
  const exits: number[] = []
  engine.on('exit', () => void exits.push(host.time))
  const stop = engine.run(host)
  return { engine, stop, exits }
}

describe('run', () => {
  it('fires when something is due, and not else', () => {
    const host = new Host()
    const { engine, exits } = running(host)
    expect(host.waiting).toBe(0)
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    expect(host.delays).toEqual([hour])
    host.pass(day)
    expect(exits).toEqual([start + hour])
    expect(host.waiting).toBe(0)
  })

  it('waits for what comes nearer, and no longer for what goes', () => {
    const host = new Host()
    const { engine, exits } = running(host)
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    engine.contacts.put({ id: 'bob', attributes: { seen: new Date(start - hour / 2) } })
    expect(host.delays).toEqual([hour, hour / 2])
    expect(host.waiting).toBe(1)
    engine.contacts.remove('bob')
    expect(host.delays).toEqual([hour, hour / 2, hour])
    engine.contacts.remove('ada')
    expect(host.waiting).toBe(0)
    host.pass(day)
    expect(exits).toHaveLength(2)
  })

  it('does not set its timer anew for changes that move nothing in time', () => {
    const host = new Host()
    const { engine } = running(host)
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    for (let i = 0; i < 10; i++) engine.tags.add('ada', `tag ${i}`)
    refusal(() => engine.contacts.remove('nobody'))
    expect(host.delays).toHaveLength(1)
  })

  it('waits in parts for what is further away than timers keep, 24.8 days', () => {
    const host = new Host()
    const { engine, exits } = running(host, '60d')
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    const longest = 2 ** 31 - 1
    expect(host.delays).toEqual([longest])
    host.pass(60 * day - 1)
    expect(exits).toEqual([])
    expect(host.delays).toEqual([longest, longest, 60 * day - 2 * longest])
    host.pass(1)
    expect(exits).toEqual([start + 60 * day])
    expect(Math.max(...host.delays)).toBe(longest)
  })

  it('a timer that fires early is set again, and nothing moves before its time', () => {
    const host = new Host()
    const { engine, exits } = running(host)
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    for (const early of [hour / 2, 2, 1]) {
      host.fireAt(start + hour - early)
      expect(exits).toEqual([])
      expect(host.delays.at(-1)).toBe(early)
    }
    host.fireAt(start + hour)
    expect(exits).toEqual([start + hour])
  })

  it('goes on after each due instant, with what listeners changed', () => {
    const host = new Host()
    const { engine, exits } = running(host)
    engine.on('exit', ({ contactId }) => void engine.contacts.patch(contactId, { seen: new Date(engine.now) }))
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    host.pass(5 * hour)
    expect(exits).toEqual([1, 2, 3, 4, 5].map((n) => start + n * hour))
    expect(host.waiting).toBe(1)
  })

  it('stops when it is told to, and can be run again', () => {
    const host = new Host()
    const { engine, exits, stop } = running(host)
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    stop()
    expect(host.waiting).toBe(0)
    engine.contacts.put({ id: 'bob', attributes: { seen: new Date(start) } })
    expect(host.waiting).toBe(0)
    host.pass(day)
    expect(exits).toEqual([])
    engine.run(host)
    host.pass(0)
    expect(exits).toHaveLength(2)
    stop()
  })

  it('what is overdue when it begins fires at once', () => {
    const host = new Host()
    const engine = createEngine({ clock: () => host.time })
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('1h') })
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date(start) } })
    host.time = start + 2 * hour
    engine.run(host)
    expect(host.delays).toEqual([0])
    host.pass(0)
    expect(engine.segments.has('recent', 'ada')).toBe(false)
  })

  it('needs a clock', () => {
    expect(refusal(() => newEngine().run(new Host())).code).toBe('CLOCK_INVALID')
  })

  it('uses the timers of the host where none are given', async () => {
    const engine = createEngine({ clock: Date.now })
    engine.segments.define({ id: 'recent', rule: attribute('seen').inLast('20ms') })
    const left = new Promise<string>((resolve) => engine.on('exit', ({ contactId }) => resolve(contactId)))
    const stop = engine.run()
    engine.contacts.put({ id: 'ada', attributes: { seen: new Date() } })
    expect(await left).toBe('ada')
    stop()
  })
})
