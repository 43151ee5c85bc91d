import { describe, expect, it } from 'vitest'
import { days, minutes, hours, memoryStorage, openEngine, type StorageAdapter, type StoredEngine } from 'coterie'
import {
  addTags,
  automations,
  call,
  recorded,
  stop,
  wait,
  type Automations,
  type HandlerCall,
  type StepInput,
} from 'coterie/automation'
import { scene, type Scene } from './scene.js'
import type { schema } from './worlds.js'
import { engineOptions, start } from './worlds.js'

/*
 * 1. A handler is called with what it needs to know, and its answer goes on the run.
 * 2. Failures: attempts, pauses, time-outs, and the way that is gone then.
 * 3. It is called when its step is durable, and again when the engine was away before its answer was.
 * 4. Answers that come too late, or are none.
 */

function calling(...steps: readonly StepInput[]): Scene {
  const made = scene()
  made.flows.define({ id: 'flow', when: recorded('opened'), steps })
  return made
}

const open = ({ engine }: Pick<Scene, 'engine'>): void => void engine.events.record('ada', { type: 'opened' })
const outcomes = ({ flows }: Pick<Scene, 'flows'>): readonly string[] => flows.runs().map(({ status }) => status)

describe('1. a call', () => {
  it('tells what it is about, and takes the answer into an attribute', async () => {
    const made = calling(call('draft', { template: 'tips' }, { into: 'owner' }), addTags('drafted'))
    const calls: HandlerCall[] = []
    made.flows.handle('draft', (one) => {
      calls.push(one)
      return Promise.resolve('ann')
    })
    open(made)
    expect(made.flows.run('flow#1')).toMatchObject({ status: 'running', waitsFor: 'answer', at: '0' })
    await made.flows.idle()
    expect(calls).toEqual([
      {
        automation: 'flow',
        run: 'flow#1',
        contactId: 'ada',
        step: '0',
        key: 'flow#1:0',
        attempt: 1,
        with: { template: 'tips' },
        because: { on: 'event', event: 'opened', at: start },
        at: start,
      },
    ])
    expect(made.engine.contacts.get('ada')?.attributes).toEqual({ owner: 'ann' })
    expect(outcomes(made)).toEqual(['done'])
  })

  it('waits for a handler that is not there yet', async () => {
    const made = calling(call('later'))
    open(made)
    await made.flows.idle()
    expect(outcomes(made)).toEqual(['running'])
    const end = made.flows.handle('later', () => undefined)
    await made.flows.idle()
    expect(outcomes(made)).toEqual(['done'])
    expect(() => made.flows.handle('later', () => 1)).toThrow('There is a handler "later" already')
    end()
    open(made)
    await made.flows.idle()
    expect(outcomes(made)).toEqual(['done', 'running'])
  })
})

describe('2. failures', () => {
  it('tries again after pauses that grow, then goes the other way', async () => {
    const made = calling(
      call('send', undefined, { attempts: 3, pause: '1m', failed: [addTags('unsent'), stop('gave up')] }),
      addTags('sent'),
    )
    const attempts: (readonly [number, number, string])[] = []
    made.flows.handle('send', ({ attempt, key }) => {
      attempts.push([attempt, made.engine.now - start, key])
      throw new Error('no line')
    })
    open(made)
    await made.flows.idle()
    expect(made.flows.run('flow#1')).toMatchObject({ waitsFor: 'retry', until: start + minutes(1) })
    made.engine.advanceTo(start + minutes(1))
    await made.flows.idle()
    expect(made.engine.nextDueAt()).toBe(start + minutes(3))
    made.engine.advanceTo(start + minutes(3))
    await made.flows.idle()
    expect(attempts).toEqual([
      [1, 0, 'flow#1:0'],
      [2, minutes(1), 'flow#1:0'],
      [3, minutes(3), 'flow#1:0'],
    ])
    expect(made.engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['unsent'])
    expect(
      made.flows
        .run('flow#1')
        ?.log.filter(({ what }) => what === 'failure')
        .map(({ why }) => why),
    ).toEqual(['no line', 'no line', 'no line'])
  })

  it('ends the run where there is no other way', async () => {
    const made = calling(call('send'), addTags('sent'))
    made.flows.handle('send', () => Promise.reject(new Error('no line')))
    open(made)
    await made.flows.idle()
    expect(made.flows.runs()).toMatchObject([{ status: 'failed' }])
    expect(made.flows.runs()[0]?.log.at(-1)?.why).toBe('no line')
  })

  it('an answer that does not come in time is none, and one that comes later changes nothing', async () => {
    const made = calling(call('slow', undefined, { timeout: '1h', failed: [stop('too slow')] }), stop('answered'))
    let answer: (value: string) => void = () => undefined
    made.flows.handle('slow', () => new Promise((resolve) => (answer = resolve)))
    open(made)
    await Promise.resolve()
    made.engine.advanceTo(start + hours(1))
    expect(made.flows.runs()[0]?.log.at(-1)?.why).toBe('too slow')
    answer('here I am')
    await made.flows.idle()
    expect(made.flows.runs()).toHaveLength(1)
    expect(made.flows.runs()[0]?.log.at(-1)?.why).toBe('too slow')
    expect(made.errors).toEqual([])
  })

  it('an answer that is no plain JSON is a failure', async () => {
    const made = calling(call('odd'))
    made.flows.handle('odd', () => 1n)
    open(made)
    await made.flows.idle()
    expect(outcomes(made)).toEqual(['failed'])
  })
})

describe('3. durable', () => {
  const opened = async (
    storage: StorageAdapter,
  ): Promise<{ engine: StoredEngine<typeof schema>; flows: Automations }> => {
    const flows = automations()
    const engine = await openEngine({ ...engineOptions, automation: flows, storage })
    return { engine, flows }
  }

  it('is called when the step is kept, and not before', async () => {
    const order: string[] = []
    const plain = memoryStorage()
    const storage: StorageAdapter = {
      ...plain,
      open: async (opening) => {
        const session = await plain.open(opening)
        const append = session.append.bind(session)
        session.append = async (records) => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          await append(records)
          if (records.some(({ data }) => data.includes('automation.wait'))) order.push('kept')
        }
        return session
      },
    }
    const { engine, flows } = await opened(storage)
    flows.define({ id: 'flow', when: recorded('opened'), steps: [call('send')] })
    flows.handle('send', () => void order.push('called'))
    engine.contacts.put({ id: 'ada' })
    open({ engine })
    await flows.idle()
    expect(order).toEqual(['kept', 'called'])
    await engine.close()
  })

  it('is called again where the engine was away before its answer was kept', async () => {
    const storage = memoryStorage()
    const first = await opened(storage)
    first.flows.define({ id: 'flow', when: recorded('opened'), steps: [wait('1d'), call('send'), addTags('sent')] })
    first.engine.contacts.put({ id: 'ada' })
    open(first)
    let begun = 0
    first.flows.handle('send', () => {
      begun += 1
      return new Promise(() => undefined)
    })
    await first.engine.advanceTo(start + days(1)).durable
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(begun).toBe(1)
    await first.engine.close()

    const second = await opened(storage)
    const keys: string[] = []
    second.flows.handle('send', ({ key, attempt }) => void keys.push(`${key} ${String(attempt)}`))
    await second.flows.idle()
    expect(keys).toEqual(['flow#1:1 1'])
    expect(second.engine.tags.of('ada').map(({ tag }) => tag)).toEqual(['sent'])
    await second.engine.close()

    const third = await opened(storage)
    third.flows.handle('send', () => void keys.push('again'))
    await third.flows.idle()
    expect(keys).toHaveLength(1)
    expect(outcomes(third)).toEqual(['done'])
    await third.engine.close()
  })

  it('goes on at the instant of the clock when it is opened late, and forgets whom it is to forget', async () => {
    const storage = memoryStorage()
    const first = await opened(storage)
    first.flows.define({ id: 'flow', when: recorded('opened'), steps: [wait('1d'), addTags('later')] })
    for (const id of ['ada', 'bea']) first.engine.contacts.put({ id })
    for (const id of ['ada', 'bea']) first.engine.events.record(id, { type: 'opened' })
    await first.engine.advanceTo(start + days(2)).durable
    await first.engine.forget('ada')
    expect(first.flows.runs().map(({ contactId }) => contactId)).toEqual(['bea'])
    await first.engine.close()
    const second = await opened(storage)
    expect(second.flows.runs().map(({ contactId }) => contactId)).toEqual(['bea'])
    const session = await storage.open({ role: 'reader', takeOver: false })
    for await (const records of session.records(0))
      for (const { data, position } of records)
        if (position > 0) expect(data.includes('"ada"') && !data.includes('"forget"')).toBe(false)
    await second.engine.close()
  })

  it('is not opened without automations, but followed', async () => {
    const storage = memoryStorage()
    const first = await opened(storage)
    first.flows.define({ id: 'flow', when: recorded('opened'), steps: [wait('1d')] })
    await first.engine.close()
    await expect(openEngine({ ...engineOptions, storage })).rejects.toMatchObject({ code: 'AUTOMATION_OFF' })
  })
})

describe('4. answers', () => {
  it('of a run that is over, of another step or of an earlier attempt change nothing', () => {
    const made = calling(call('send', undefined, { attempts: 2 }))
    open(made)
    const answer = { type: 'automation.step', contact: 'ada', run: 'flow#1', at: '0', result: true } as const
    const changed = (more: object): unknown => made.engine.apply({ ...answer, ...more }).outcomes[0]
    expect(changed({ at: '1' })).toEqual({ type: 'automation.step', run: 'flow#1', changed: false })
    expect(changed({ run: 'flow#9' })).toEqual({ type: 'automation.step', run: 'flow#9', changed: false })
    expect(changed({ attempt: 2 })).toEqual({ type: 'automation.step', run: 'flow#1', changed: false })
    expect(changed({ attempt: 1 })).toEqual({ type: 'automation.step', run: 'flow#1', changed: true })
    expect(changed({ attempt: 1 })).toEqual({ type: 'automation.step', run: 'flow#1', changed: false })
    expect(outcomes(made)).toEqual(['done'])
  })
})
