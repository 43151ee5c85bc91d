import { demandSame } from './demands.js'
import { allRecords, chunksOf, recordsFrom, wholeSnapshot, type CaseWork } from './storage-case.js'

/** Bytes of every value, many of them, the same for the same seed. */
function someBytes(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, place) => (place * 31 + (place >> 8) * 17 + seed) & 255)
}

/** What a snapshot promises, case by case. */
export const snapshotCases: Readonly<Record<string, CaseWork>> = {
  'a snapshot comes back byte by byte': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one', 'two'))
    const bytes = someBytes(2_500_000, 1)
    const chunks = chunksOf(
      bytes.subarray(0, 1),
      new Uint8Array(0),
      bytes.subarray(1, 2_000_000),
      bytes.subarray(2_000_000),
    )
    await session.replaceSnapshot({ position: 2, chunks })
    const again = await place.reopen(session)
    const found = await wholeSnapshot(again)
    demandSame(found?.position, 2, 'its position')
    demandSame(found?.bytes.length, bytes.length, 'its length')
    demandSame(
      found?.bytes.findIndex((byte, at) => byte !== bytes[at]),
      -1,
      'the first byte that differs',
    )
  },

  'a snapshot takes the place of the one before': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one', 'two', 'three'))
    await session.replaceSnapshot({ position: 1, chunks: chunksOf(someBytes(1_000, 1), someBytes(1_000, 2)) })
    await session.replaceSnapshot({ position: 3, chunks: chunksOf(someBytes(10, 3)) })
    await session.replaceSnapshot({ position: 3, chunks: chunksOf(someBytes(20, 4)) })
    demandSame(await wholeSnapshot(session), { position: 3, bytes: [...someBytes(20, 4)] }, 'the snapshot')
    demandSame(await allRecords(session), recordsFrom(1, 'one', 'two', 'three'), 'the records, which nobody dropped')
  },

  'a snapshot that cannot be made leaves the one before': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one', 'two'))
    await session.replaceSnapshot({ position: 1, chunks: chunksOf(someBytes(10, 1)) })
    const failing = async function* (): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(someBytes(10, 2))
      throw new Error('no more chunks')
    }
    const failed = await session.replaceSnapshot({ position: 2, chunks: failing() }).then(
      () => false,
      () => true,
    )
    demandSame(failed, true, 'that it fails')
    demandSame(await wholeSnapshot(session), { position: 1, bytes: [...someBytes(10, 1)] }, 'the snapshot')
    const again = await place.reopen(session)
    demandSame(await wholeSnapshot(again), { position: 1, bytes: [...someBytes(10, 1)] }, 'it when opened again')
    await again.replaceSnapshot({ position: 2, chunks: chunksOf(someBytes(10, 3)) })
    demandSame(await wholeSnapshot(again), { position: 2, bytes: [...someBytes(10, 3)] }, 'the next one')
  },

  'records are appended while a snapshot is put in place': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one'))
    let position = 1
    const chunks = async function* (): AsyncIterable<Uint8Array> {
      for (let chunk = 0; chunk < 3; chunk += 1) {
        position += 1
        await session.append(recordsFrom(position, `while ${String(chunk)}`))
        yield someBytes(1_000, chunk)
      }
    }
    await session.replaceSnapshot({ position: 1, chunks: chunks() })
    demandSame(await allRecords(session), recordsFrom(1, 'one', 'while 0', 'while 1', 'while 2'), 'the records')
    demandSame((await wholeSnapshot(session))?.bytes.length, 3_000, 'the length of the snapshot')
  },

  'the end is known after all records were dropped': async (place) => {
    const session = await place.open()
    await session.append(recordsFrom(1, 'one', 'two'))
    await session.replaceSnapshot({ position: 2, chunks: chunksOf(someBytes(10, 1)) })
    await session.drop(2)
    const again = await place.reopen(session)
    demandSame(await again.last(), 2, 'the last position')
    await again.append(recordsFrom(3, 'three'))
    demandSame(await allRecords(again, 2), recordsFrom(3, 'three'), 'the records after the snapshot')
  },
}
