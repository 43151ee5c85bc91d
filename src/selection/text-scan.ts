import type { TextDictionary } from '../store/text-dictionary.js'
import type { Scan } from './scan.js'
import type { TextTest } from './value-test.js'

/** Rows that hold a text, by its code in the column's dictionary. */
export function codeScan(codes: Int32Array, code: number): Scan {
  return {
    cost: 1,
    fill(into, within, first) {
      const inside = Math.min(into.length, Math.max(0, (codes.length >>> 5) - first))
      for (let i = 0, row = first << 5; i < inside; i += 1, row += 32) {
        const open = within[i] as number
        into[i] = open === 0 ? 0 : wordOfCode(codes, row, code) & open
      }
      into.fill(0, inside)
    },
  }
}

function wordOfCode(codes: Int32Array, row: number, code: number): number {
  let word = 0
  for (let bit = 0; bit < 32; bit += 4) {
    word |=
      (+(codes[row + bit] === code) << bit) |
      (+(codes[row + bit + 1] === code) << (bit + 1)) |
      (+(codes[row + bit + 2] === code) << (bit + 2)) |
      (+(codes[row + bit + 3] === code) << (bit + 3))
  }
  return word
}

/** Rows whose text has a truth of 1, by {@link truthsOf}: a look-up a row, without a branch. */
export function truthScan(codes: Int32Array, truths: Uint8Array): Scan {
  return {
    cost: 1.5,
    fill(into, within, first) {
      const inside = Math.min(into.length, Math.max(0, (codes.length >>> 5) - first))
      for (let i = 0, row = first << 5; i < inside; i += 1, row += 32) {
        const open = within[i] as number
        into[i] = open === 0 ? 0 : wordOfTruth(codes, row, truths) & open
      }
      into.fill(0, inside)
    },
  }
}

function wordOfTruth(codes: Int32Array, row: number, truths: Uint8Array): number {
  let word = 0
  for (let bit = 0; bit < 32; bit += 4) {
    word |=
      ((truths[(codes[row + bit] as number) + 1] as number) << bit) |
      ((truths[(codes[row + bit + 1] as number) + 1] as number) << (bit + 1)) |
      ((truths[(codes[row + bit + 2] as number) + 1] as number) << (bit + 2)) |
      ((truths[(codes[row + bit + 3] as number) + 1] as number) << (bit + 3))
  }
  return word
}

/** By code plus one, so that a missing text has a place too: 1 where a condition holds of the text. Each text is asked once. */
function truthsOf(dictionary: TextDictionary, holds: (text: string) => boolean): Uint8Array {
  const truths = new Uint8Array(dictionary.end + 1)
  dictionary.forEach((text, code) => {
    if (holds(text)) truths[code + 1] = 1
  })
  return truths
}

/** The same of how texts begin or end, which a dictionary of many texts may know without a look at them. */
export function truthsOfTest(dictionary: TextDictionary, { holds, affix }: TextTest): Uint8Array {
  const known = affix === undefined ? undefined : dictionary.truthsOfAffix(affix.text, affix.end)
  if (known === undefined) return truthsOf(dictionary, holds)
  known[0] = 0
  return known
}
