import { Buffer } from 'node:buffer'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createEngine, type Engine } from 'coterie'
import { importContacts, profileCsv, type ChunkStream, type CsvSource, type ImportOptions } from 'coterie/import'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const csv = 'id,name\n1,Zoë\n2,"say ""hi"", 😀"\n3,Ω\n'
const bytes = new TextEncoder().encode(csv)
const contacts = { '1': 'Zoë', '2': 'say "hi", 😀', '3': 'Ω' }

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coterie-import-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function namesIn(source: CsvSource, options: Partial<ImportOptions> = {}): Promise<Record<string, unknown>> {
  const engine: Engine = createEngine({ now: 0 })
  await importContacts(engine, source, { id: 'id', ...options })
  return Object.fromEntries(engine.contacts.ids().map((id) => [id, engine.contacts.get(id)?.attributes['name']]))
}

function* each<T>(...parts: T[]): Generator<T> {
  yield* parts
}

describe('a file', () => {
  it('may be a text, bytes, or parts of either, of several kinds', async () => {
    const path = join(folder, 'a.csv')
    writeFileSync(path, csv)
    const sources: [string, CsvSource][] = [
      ['text', csv],
      ['bytes', bytes],
      ['a Buffer', Buffer.from(csv)],
      ['a view of bytes', new DataView(bytes.slice().buffer) as unknown as Uint8Array],
      ['a list of texts', [csv.slice(0, 10), '', csv.slice(10)]],
      ['a list of single bytes', Array.from(bytes, (byte) => Uint8Array.of(byte))],
      ['a generator', each(csv.slice(0, 3), csv.slice(3))],
      ['a Node stream', createReadStream(path, { highWaterMark: 3 })],
      ['a Node stream of texts', createReadStream(path, { encoding: 'utf8', highWaterMark: 5 })],
      ['a web stream', new Blob([bytes]).stream()],
    ]
    for (const [name, source] of sources) expect(await namesIn(source), name).toEqual(contacts)
  })

  it('may be a web stream that cannot be iterated over; it is cancelled where it is not read through', async () => {
    const parts = [bytes.slice(0, 12), bytes.slice(12)]
    let isCancelled = false
    let isReleased = false
    const streamOf = (all: readonly Uint8Array[]): ChunkStream => {
      const left = [...all]
      return {
        getReader: () => ({
          read: async () => {
            const value = left.shift()
            return value === undefined ? { done: true } : { done: false, value }
          },
          cancel: async () => {
            isCancelled = true
          },
          releaseLock: () => {
            isReleased = true
          },
        }),
      }
    }
    expect(await namesIn(streamOf(parts))).toEqual(contacts)
    expect([isCancelled, isReleased]).toEqual([false, true])
    await expect(namesIn(streamOf(parts), { limits: { bytes: 20 } })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(isCancelled).toBe(true)
  })

  it('is closed where it is not read through', async () => {
    let isClosed = false
    function* parts(): Generator<string> {
      try {
        yield 'id\n1\n'
        yield '2\n'
      } finally {
        isClosed = true
      }
    }
    await expect(namesIn(parts(), { limits: { bytes: 6 } })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(isClosed).toBe(true)
  })

  it('that fails on the way gives its own error, and what was applied stays', async () => {
    const engine = createEngine({ now: 0 })
    const failure = new Error('the disk is gone')
    const rows = Array.from({ length: 20_000 }, (_, place) => `${place},some name that is long enough\n`).join('')
    const stream = Readable.from(
      (async function* () {
        yield `id,name\n${rows}`
        throw failure
      })(),
    )
    await expect(importContacts(engine, stream as AsyncIterable<string>, { id: 'id' })).rejects.toBe(failure)
    expect(engine.contacts.count).toBeGreaterThan(1000)
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number', 5],
    ['an object', {}],
    ['a list of numbers', [1, 2]],
    ['text and bytes together', ['id\n', bytes]],
  ])('cannot be %s', async (_, source) => {
    await expect(namesIn(source as CsvSource)).rejects.toMatchObject({ code: 'IMPORT_INVALID' })
  })
})

describe('an encoding', () => {
  it.each<[string, string, (text: string) => Uint8Array]>([
    ['windows-1252', 'windows-1252', (text) => Buffer.from(text, 'latin1')],
    ['iso-8859-1', 'windows-1252', (text) => Buffer.from(text, 'latin1')],
    ['utf-16le', 'utf-16le', (text) => Buffer.from(text, 'utf16le')],
    ['UTF8', 'utf-8', (text) => Buffer.from(text)],
  ])('is declared: %s', async (encoding, used, write) => {
    const file = write('id,name\n1,Zoë ÿ\n')
    expect(await namesIn(file, { encoding })).toEqual({ '1': 'Zoë ÿ' })
    expect(await profileCsv(file, { encoding })).toMatchObject({ encoding: used, rows: 1 })
  })

  it('is said by a byte-order mark, which is no part of the first header', async () => {
    const marked = `\ufeff${csv}`
    const files = [Buffer.from(marked), Buffer.from(marked, 'utf16le'), Buffer.from(marked, 'utf16le').swap16()]
    for (const file of files) {
      expect(await namesIn(file, { encoding: 'windows-1252' })).toEqual(contacts)
      expect(await namesIn(Array.from(file, (byte) => Uint8Array.of(byte)))).toEqual(contacts)
    }
    expect(await namesIn(marked)).toEqual(contacts)
    expect(await namesIn(['', '\ufeff', csv])).toEqual(contacts)
    expect(await namesIn(['id,name\n1,', '\ufeffx\n'])).toEqual({ '1': '\ufeffx' })
    const engine = createEngine({ now: 0 })
    const report = await importContacts(engine, files[1] ?? '', { id: 'id', encoding: 'utf-8' })
    expect(report.encoding).toBe('utf-16le')
    expect(await importContacts(engine, csv, { id: 'id' })).not.toHaveProperty('encoding')
  })
})
