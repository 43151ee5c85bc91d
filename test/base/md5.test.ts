import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { md5First32, samplePlace } from '../../src/base/md5.js'
import { runs } from '../runs.js'

function digestStart(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex').slice(0, 8)
}

function printed(text: string): string {
  return md5First32(text).toString(16).padStart(8, '0')
}

describe('md5First32', () => {
  it.each([
    ['', 'd41d8cd9'],
    ['a', '0cc175b9'],
    ['message digest', 'f96b697d'],
    ['salt:ada', 'e43bdb2c'],
  ])('of %j is %s', (text, digits) => {
    expect(printed(text)).toBe(digits)
  })

  it('is right for every length about the ends of blocks', () => {
    for (const unit of ['a', 'é', '€', '😀']) {
      for (let length = 0; length <= 200; length++) {
        const text = unit.repeat(length)
        expect(printed(text)).toBe(digestStart(text))
      }
    }
  })

  it('is the start of the digest of any text', () => {
    const unit = fc.constantFrom(
      'a',
      '\0',
      '\u{7f}',
      '\u{80}',
      '\u{7ff}',
      '\u{800}',
      '\u{ffff}',
      '\u{10000}',
      '\u{10ffff}',
    )
    const text = fc.oneof(fc.string({ unit, maxLength: 80 }), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(text, (each) => {
        expect(printed(each)).toBe(digestStart(each))
      }),
      { numRuns: runs(1000) },
    )
  })

  it('encodes half a pair as U+FFFD', () => {
    for (const text of ['\ud83d', 'a\ude00b', '\ude00\ud83d', '\ud83d\ud83d\ude00']) {
      expect(printed(text)).toBe(digestStart(text))
    }
  })
})

describe('samplePlace', () => {
  it('is where the norm says', () => {
    expect(samplePlace('salt', 'ada')).toBe(8915)
  })

  it('is a whole number from 0 to 9,999, spread evenly', () => {
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 10_000; i++) {
      const place = samplePlace('spread', `contact-${i}`)
      expect(Number.isInteger(place) && place >= 0 && place < 10_000).toBe(true)
      const tenth = Math.floor(place / 1000)
      counts[tenth] = (counts[tenth] as number) + 1
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  it('depends on the salt', () => {
    expect(samplePlace('a', 'ada')).not.toBe(samplePlace('b', 'ada'))
  })
})
