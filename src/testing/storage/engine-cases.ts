import { hasTag, openEngine, type StoredEngine, type Transition } from '../../index.js'
import { demandSame } from './demands.js'
import { allRecords, wholeSnapshot, type CaseWork, type OpenedPlace } from './storage-case.js'

const start = Date.UTC(2026, 0, 1)

function engineIn(place: OpenedPlace): Promise<StoredEngine> {
  return openEngine({ now: start, storage: place.adapter() })
}

/** Some of everything; returns when all of it is durable. */
async function fill(engine: StoredEngine): Promise<void> {
  engine.segments.define({ id: 'vip', rule: hasTag('VIP') })
  for (const id of ['ada', 'bob', 'cyd']) engine.contacts.put({ id, attributes: { name: `${id} of storage` } })
  engine.tags.add(['ada', 'bob'], 'VIP', { kind: 'campaign', by: 'spring' })
  engine.events.record('ada', { type: 'purchase', properties: { amount: 12.5 }, id: 'p1' })
  engine.records.put('bob', 'deals', { id: 'd1', value: 7 })
  await engine.tags.remove('bob', 'VIP').durable
}

function seen(engine: StoredEngine): unknown {
  return {
    now: engine.now,
    revision: engine.revision,
    contacts: engine.contacts.ids().map((id) => engine.contacts.get(id)),
    vip: [...(engine.segments.get('vip')?.members() ?? [])],
  }
}

/** What an engine that is kept in the storage may rely on, case by case. */
export const engineCases: Readonly<Record<string, CaseWork>> = {
  'an engine comes back as it was, from the journal and from a snapshot': async (place) => {
    const first = await engineIn(place)
    await fill(first)
    const before = seen(first)
    await first.close()
    const second = await engineIn(place)
    demandSame(seen(second), before, 'the engine that came back')
    await second.snapshot()
    await second.tags.add('cyd', 'VIP').durable
    const later = seen(second)
    await second.close()
    const third = await engineIn(place)
    demandSame(seen(third), later, 'the engine that came back from a snapshot')
    await third.close()
  },

  'a subscriber goes on where it was': async (place) => {
    const heard: number[] = []
    const hear = ({ seq }: Transition): void => void heard.push(seq)
    const first = await engineIn(place)
    const subscription = first.subscribe('mailer', { from: 'oldest' }, hear)
    await fill(first)
    await until(() => subscription.lag === 0)
    await first.close()
    const second = await engineIn(place)
    await second.tags.add('cyd', 'VIP').durable
    const again = second.subscribe('mailer', hear)
    await until(() => again.lag === 0)
    demandSame(heard, [1, 2, 3, 4], 'what was heard')
    await second.close()
  },

  'nothing is left of a contact that was forgotten': async (place) => {
    const first = await engineIn(place)
    await fill(first)
    await first.snapshot()
    await first.contacts.patch('ada', { city: 'somewhere' }).durable
    await first.forget('ada')
    const after = seen(first)
    await first.close()
    const session = await place.open({ role: 'reader' })
    const records = (await allRecords(session)).map(({ data }) => data).join('\n')
    const bytes = (await wholeSnapshot(session))?.bytes ?? []
    const snapshot = bytes.map((byte) => String.fromCharCode(byte)).join('')
    for (const [what, text] of [['journal', records] as const, ['snapshot', snapshot] as const])
      demandSame(text.includes('ada'), false, `that the ${what} names the contact`)
    const second = await engineIn(place)
    demandSame(seen(second), after, 'the engine that came back')
    await second.close()
  },
}

async function until(holds: () => boolean): Promise<void> {
  const { setTimeout } = globalThis as unknown as {
    readonly setTimeout: (call: () => void, ms: number) => unknown
  }
  for (let tries = 0; tries < 2_000 && !holds(); tries += 1)
    await new Promise<void>((resolve) => setTimeout(resolve, 5))
}
