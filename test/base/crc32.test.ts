import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32, crc32OfText, hex32 } from '../../src/base/crc32.js'
import { runs } from '../runs.js'

describe('a checksum', () => {
  it('is that of the catalogue of CRC algorithms (CRC-32/ISO-HDLC)', () => {
    expect(hex32(crc32OfText('123456789'))).toBe('cbf43926')
    expect(hex32(crc32(new Uint8Array(0)))).toBe('00000000')
  })

  it('of a text is that of its UTF-8', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('é', '€uro', '😀', 'añ€😀'))
    const property = fc.property(text, (some) => {
      expect(crc32OfText(some)).toBe(crc32(new TextEncoder().encode(some)))
    })
    fc.assert(property, { numRuns: runs(300) })
  })

  it('of bytes in parts is that of all of them', () => {
    const property = fc.property(fc.uint8Array(), fc.uint8Array(), (one, other) => {
      expect(crc32(other, crc32(one))).toBe(crc32(Uint8Array.from([...one, ...other])))
    })
    fc.assert(property, { numRuns: runs(100) })
  })

  it('tells texts apart that differ in half a surrogate pair', () => {
    expect(crc32OfText('a\ud800')).not.toBe(crc32OfText('a\ud801'))
    expect(crc32OfText('\ud83d')).not.toBe(crc32OfText('\ude00'))
  })
})
