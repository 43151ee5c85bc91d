import type { StorageSession } from '../../index.js'
import { demandRefusal, demandSame } from './demands.js'
import { allRecords, chunksOf, recordsFrom, wholeSnapshot, type CaseWork } from './storage-case.js'

/** What writers and readers may rely on, case by case. */
export const writerCases: Readonly<Record<string, CaseWork>> = {
  'a second writer is refused, or puts the first out, as declared': async (place) => {
    const first = await place.open()
    await first.append(recordsFrom(1, 'one'))
    if (place.adapter().capabilities.secondWriter === 'refused') {
      await demandRefusal(() => place.open(), 'STORAGE_LOCKED', 'a second writer')
      await first.append(recordsFrom(2, 'two'))
      demandSame(await allRecords(first), recordsFrom(1, 'one', 'two'), 'the records')
    } else {
      const second = await place.open()
      await demandRefusal(() => first.append(recordsFrom(2, 'of the first')), 'STORAGE_FENCED', 'the first writer')
      await second.append(recordsFrom(2, 'of the second'))
      demandSame(await allRecords(second), recordsFrom(1, 'one', 'of the second'), 'the records')
    }
  },

  'a writer that was put out writes nothing any more, in no way': async (place) => {
    const first = await place.open()
    await first.append(recordsFrom(1, 'one', 'two'))
    await first.replaceSnapshot({ position: 1, chunks: chunksOf(Uint8Array.of(1)) })
    const second = await place.open({ takeOver: true })
    const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['append', () => first.append(recordsFrom(3, 'three'))],
      ['replaceSnapshot', () => first.replaceSnapshot({ position: 2, chunks: chunksOf(Uint8Array.of(2)) })],
      ['drop', () => first.drop(1)],
      ['rewrite', () => first.rewrite(recordsFrom(1, 'other'))],
      ['resume', () => first.resume()],
    ]
    for (const [name, work] of ways) await demandRefusal(work, 'STORAGE_FENCED', `${name} of the first writer`)
    demandSame(await allRecords(second), recordsFrom(1, 'one', 'two'), 'the records')
    demandSame(await wholeSnapshot(second), { position: 1, bytes: [1] }, 'the snapshot')
    await second.append(recordsFrom(3, 'three'))
    demandSame(await second.last(), 3, 'the last position')
  },

  'a writer that is put out while it puts a snapshot in place leaves the one before': async (place) => {
    const first = await place.open()
    await first.append(recordsFrom(1, 'one', 'two', 'three'))
    await first.replaceSnapshot({ position: 1, chunks: chunksOf(Uint8Array.of(1)) })
    let second: StorageSession | undefined
    const chunks = async function* (): AsyncIterable<Uint8Array> {
      yield Uint8Array.of(2)
      second = await place.open({ takeOver: true })
      yield Uint8Array.of(3)
    }
    const work = (): Promise<void> => first.replaceSnapshot({ position: 3, chunks: chunks() })
    await demandRefusal(work, 'STORAGE_FENCED', 'replaceSnapshot of the first writer')
    if (second === undefined) throw new Error('The chunks of the snapshot were not asked for')
    demandSame(await wholeSnapshot(second), { position: 1, bytes: [1] }, 'the snapshot')
    await second.replaceSnapshot({ position: 2, chunks: chunksOf(Uint8Array.of(4)) })
    demandSame(await wholeSnapshot(second), { position: 2, bytes: [4] }, 'the next snapshot')
  },

  'a storage is opened again after its writer closed it': async (place) => {
    const first = await place.open()
    await first.append(recordsFrom(1, 'one'))
    const second = await place.reopen(first)
    await second.append(recordsFrom(2, 'two'))
    demandSame(await allRecords(second), recordsFrom(1, 'one', 'two'), 'the records')
  },

  'readers see what is appended, and write nothing': async (place) => {
    const writer = await place.open()
    await writer.append(recordsFrom(1, 'one'))
    const readers = [await place.open({ role: 'reader' }), await place.open({ role: 'reader' })]
    for (const reader of readers) demandSame(await allRecords(reader), recordsFrom(1, 'one'), 'what a reader sees')
    await writer.append(recordsFrom(2, 'two', 'three'))
    await writer.replaceSnapshot({ position: 2, chunks: chunksOf(Uint8Array.of(7)) })
    for (const reader of readers) {
      demandSame(await allRecords(reader, 1), recordsFrom(2, 'two', 'three'), 'what a reader sees later')
      demandSame(await wholeSnapshot(reader), { position: 2, bytes: [7] }, 'the snapshot that a reader sees')
      await demandRefusal(() => reader.append(recordsFrom(4, 'four')), 'STORAGE_FENCED', 'a reader that appends')
    }
    await writer.append(recordsFrom(4, 'four'))
    demandSame(await writer.last(), 4, 'the last position')
  },
}
