import { demandSame } from './demands.js'
import { allRecords, recordsFrom, type CaseWork } from './storage-case.js'

/** What a journal promises, case by case. */
export const journalCases: Readonly<Record<string, CaseWork>> = {
  'a new storage is empty': async (place) => {
    const session = await place.open()
    demandSame(await session.last(), 0, 'the last position')
    demandSame(await allRecords(session), [], 'the records')
    demandSame((await session.snapshot()) === undefined, true, 'that there is no snapshot')
  },

  'records come back in order, as they were': async (place) => {
    const session = await place.open()
    const texts = [
      'plain',
      '',
      '{"a":"\\u0000\\n"}',
      'it\'s "quoted" \\ % _ $1 ?',
      'é ß 漢字 🙂 \u{10FFFF}',
      'x'.repeat(100_000),
    ]
    await session.append(recordsFrom(1, ...texts.slice(0, 2)))
    await session.append(recordsFrom(3, ...texts.slice(2)))
    demandSame(await allRecords(session), recordsFrom(1, ...texts), 'the records')
    demandSame(await session.last(), texts.length, 'the last position')
  },

  'what was appended is there when it is opened again': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one', 'two'))
    const again = await place.reopen(session)
    demandSame(await again.last(), 2, 'the last position')
    await again.append(recordsFrom(3, 'three'))
    demandSame(await allRecords(again), recordsFrom(1, 'one', 'two', 'three'), 'the records')
  },

  'records are asked for from any position': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one', 'two', 'three'))
    for (let after = 0; after <= 4; after += 1) {
      const expected = recordsFrom(1, 'one', 'two', 'three').slice(after)
      demandSame(await allRecords(session, after), expected, `the records after ${String(after)}`)
    }
  },

  'thousands of records are appended at once, and many times': async (place) => {
    const session = await place.open()
    const texts = Array.from({ length: 3_000 }, (_, number) => `{"number":${String(number)}}`)
    await session.append(recordsFrom(1, ...texts))
    for (let number = 0; number < 50; number += 1)
      await session.append(recordsFrom(3_001 + number, `more ${String(number)}`))
    const found = await allRecords(session)
    demandSame(found.length, 3_050, 'how many records there are')
    demandSame(found.slice(0, 3_000), recordsFrom(1, ...texts), 'the first records')
  },

  'an append of nothing changes nothing': async (place) => {
    const session = await place.open()
    await session.append([])
    await session.append(recordsFrom(1, 'one'))
    await session.append([])
    demandSame(await session.last(), 1, 'the last position')
  },

  'dropped records may go, the others stay, and positions go on': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one', 'two', 'three'))
    await session.drop(2)
    demandSame(
      (await allRecords(session)).filter(({ position }) => position > 2),
      recordsFrom(3, 'three'),
      'what stays',
    )
    await session.drop(3)
    const again = await place.reopen(session)
    demandSame(await again.last(), 3, 'the last position')
    await again.append(recordsFrom(4, 'four'))
    demandSame(await allRecords(again, 3), recordsFrom(4, 'four'), 'the records after it')
  },

  'what is left after a drop has no gap': async (place) => {
    const session = await place.open()
    for (let position = 1; position <= 20; position += 1)
      await session.append(recordsFrom(position, `text ${String(position)}`))
    await session.drop(12)
    const positions = (await allRecords(session)).map(({ position }) => position)
    const first = positions[0] ?? 0
    demandSame(first <= 13, true, 'that nothing after it went')
    demandSame(
      positions,
      Array.from({ length: 21 - first }, (_, place) => first + place),
      'the positions',
    )
  },

  'rewritten records have other texts, and the old ones are gone': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one', 'secret', 'three'))
    await session.append(recordsFrom(4, 'four', 'secret too'))
    await session.rewrite([
      ...recordsFrom(2, 'erased'),
      ...recordsFrom(5, 'a longer text than the one before'),
      ...recordsFrom(9, 'not there'),
    ])
    const expected = recordsFrom(1, 'one', 'erased', 'three', 'four', 'a longer text than the one before')
    demandSame(await allRecords(session), expected, 'the records')
    await session.append(recordsFrom(6, 'six'))
    const again = await place.reopen(session)
    demandSame(await allRecords(again), [...expected, ...recordsFrom(6, 'six')], 'the records when it is opened again')
  },

  'resuming without a failure says where it stands': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one', 'two'))
    demandSame(await session.resume(), 2, 'the last position')
    await session.append(recordsFrom(3, 'three'))
    demandSame(await allRecords(session), recordsFrom(1, 'one', 'two', 'three'), 'the records')
  },
}
