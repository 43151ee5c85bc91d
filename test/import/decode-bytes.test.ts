// Laws:
//   1. A text in an encoding is read back, with or without its mark, wherever the bytes are cut.
//   2. What is not of the encoding is noted, exactly in its line, wherever the bytes are cut; U+FFFD itself is not.

import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { BytesDecoder } from '../../src/import/decode-bytes.js'
import { runs } from '../runs.js'
import { cut, cuts } from './written-csv.js'

interface Decoded {
  readonly text: string
  /** The texts that are noted as broken. */
  readonly broken: readonly string[]
  readonly encoding: string
}

function decode(parts: readonly Uint8Array[], encoding: string, stretch = 4): Decoded {
  const decoder = new BytesDecoder(encoding, stretch)
  let text = ''
  const broken: string[] = []
  for (const decoded of [...parts.map((part) => decoder.push(part)), decoder.end()]) {
    if (decoded === undefined) continue
    text += decoded.text
    broken.push(...decoded.broken.map(({ from, to }) => decoded.text.slice(from, to)))
  }
  return { text, broken, encoding: decoder.encoding }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16le = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))
const utf16be = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

const bytesOf: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': utf8,
  'utf-16le': utf16le,
  'utf-16be': utf16be,
}

const texts = fc
  .array(fc.constantFrom('a', ',', '\n', '\r\n', '\r', 'é', 'ਊ', '€', '😀', '\u{12a00}', '\ufffd', '\u0d0a', '"'), {
    maxLength: 12,
  })
  .map((characters) => characters.join(''))

describe('bytes', () => {
  it('are read back, with or without a mark, wherever they are cut', () => {
    const all = fc.record({
      text: texts,
      encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
      declared: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
      hasMark: fc.boolean(),
      places: cuts,
      stretch: fc.integer({ min: 4, max: 9 }),
    })
    fc.assert(
      fc.property(all, ({ text, encoding, declared, hasMark, places, stretch }) => {
        const bytes = bytesOf[encoding]?.(hasMark ? `\ufeff${text}` : text) ?? new Uint8Array()
        const read = decode(cut(bytes, places), hasMark ? declared : encoding, stretch)
        expect(read).toEqual({ text, broken: [], encoding })
      }),
      { numRuns: runs(500) },
    )
  })

  it('of one byte a character are read back, those that some runtimes get wrong among them', () => {
    const all = Uint8Array.from({ length: 128 }, (_, place) => place + 128)
    const text = decode([all], 'windows-1252').text
    expect(text.slice(0, 32)).toBe('€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ')
    expect(text.slice(32)).toBe(Buffer.from(all.slice(32)).toString('latin1'))
    expect(decode([latin1('é,ß\nÿ')], 'iso-8859-1')).toEqual({ text: 'é,ß\nÿ', broken: [], encoding: 'windows-1252' })
    expect(decode([new Uint8Array([0x80, 0x0a, 0xa4])], 'iso-8859-15').text).toBe('\u0080\n€')
  })

  it('that are not of the encoding are noted in their line only, wherever they are cut', () => {
    const line = fc.constantFrom('a', 'é,ਊ', '\ufffd', '')
    const lines = fc.array(fc.record({ text: line, isBroken: fc.boolean() }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(lines, cuts, fc.integer({ min: 4, max: 9 }), (all, places, stretch) => {
        const bytes = all.flatMap(({ text, isBroken }) => [...utf8(text), ...(isBroken ? [0xc3, 0x28] : []), 0x0a])
        const read = decode(cut(Uint8Array.from(bytes), places), 'utf-8', stretch)
        expect(read.text).toBe(all.map(({ text, isBroken }) => `${text}${isBroken ? '\ufffd(' : ''}\n`).join(''))
        expect(read.broken).toEqual(all.filter(({ isBroken }) => isBroken).map(({ text }) => `${text}\ufffd(\n`))
      }),
      { numRuns: runs(300) },
    )
  })

  it('that end in the middle of a character are noted', () => {
    expect(decode([utf8('a\né').slice(0, 3)], 'utf-8')).toEqual({
      text: 'a\n\ufffd',
      broken: ['\ufffd'],
      encoding: 'utf-8',
    })
    expect(decode([utf16le('a\nb').slice(0, 5)], 'utf-16le').broken).toEqual(['\ufffd'])
    expect(decode([utf16le('a\n\ud800\nb')], 'utf-16le').broken).toEqual(['\ufffd\n'])
  })

  it('may be none', () => {
    expect(decode([], 'utf-8')).toEqual({ text: '', broken: [], encoding: 'utf-8' })
    expect(decode([utf8('\ufeff')], 'utf-8').text).toBe('')
  })

  it('need an encoding that there is', () => {
    expect(() => new BytesDecoder('utf-9')).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', path: ['encoding'] }),
    )
  })
})

describe('the cost', () => {
  it('is linear in bytes without line breaks', () => {
    const decoder = new BytesDecoder('utf-8', 4)
    const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array
    let copied = 0
    const spy = vi.spyOn(typedArray, 'set').mockImplementation((bytes) => {
      copied += bytes.length
    })
    for (let at = 0; at < 10_000; at++) decoder.push(utf8('aé'))
    decoder.end()
    spy.mockRestore()
    expect(copied).toBeGreaterThanOrEqual(30_000)
    expect(copied).toBeLessThan(3 * 30_000)
  })
})
