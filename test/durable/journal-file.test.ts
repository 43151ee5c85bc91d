import { describe, expect, it } from 'vitest'
import { frameBytes } from '../../src/storage/file/frame.js'
import { checkTail, scanFile } from '../../src/storage/file/journal-file.js'

/** Three frames of one record, the second and third written when all before them was known to be on the disk. */
function threeFrames(): { readonly bytes: Uint8Array; readonly starts: readonly number[] } {
  const starts: number[] = []
  const bytes: number[] = []
  for (const position of [1, 2, 3]) {
    starts.push(bytes.length)
    bytes.push(...frameBytes([{ position, data: `{"n":${String(position)}}` }], bytes.length))
  }
  return { bytes: Uint8Array.from(bytes), starts }
}

/** The file with one bit flipped in the records of its how many-th frame. */
function damaged(place: number): Uint8Array {
  const { bytes, starts } = threeFrames()
  const at = (starts[place + 1] ?? bytes.length) - 3
  return bytes.with(at, (bytes[at] ?? 0) ^ 1)
}

describe('the tail of the last journal file', () => {
  it('may be a write that was cut short', () => {
    const scanned = scanFile(damaged(2), 1)
    expect(scanned.records.map(({ position }) => position)).toEqual([1, 2])
    checkTail('journal', scanned, true)
    expect(() => {
      checkTail('journal', scanned, false)
    }).toThrow(expect.objectContaining({ code: 'STORAGE_DAMAGED' }) as Error)
  })

  it('is damaged where a frame behind it says that it was whole once', () => {
    for (const place of [0, 1]) {
      const scanned = scanFile(damaged(place), 1)
      expect(scanned.records).toHaveLength(place)
      expect(() => {
        checkTail('journal', scanned, true)
      }).toThrow(expect.objectContaining({ code: 'STORAGE_DAMAGED' }) as Error)
    }
  })
})
