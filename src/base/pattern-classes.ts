import { complementOf, pairsOf, rangesOf } from './code-point-ranges.js'
import type { CodePointRanges } from './code-point-ranges.js'
import type { PatternReader } from './pattern-reader.js'

const digit: CodePointRanges = [0x30, 0x39]
const word: CodePointRanges = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]
/** Tab, line feed, vertical tab, form feed, carriage return, and the space. */
const space: CodePointRanges = [0x09, 0x0d, 0x20, 0x20]

const escapes = '\\d \\w \\s \\D \\W \\S \\n \\t \\r, or a backslash before punctuation'

/** Reads an escape, of which the backslash stands here: a set of one or more code points. */
export function readEscape(reader: PatternReader): CodePointRanges {
  const begin = reader.at
  reader.at++
  const character = reader.next()
  switch (character) {
    case 'd':
      return digit
    case 'w':
      return word
    case 's':
      return space
    case 'D':
      return complementOf(digit)
    case 'W':
      return complementOf(word)
    case 'S':
      return complementOf(space)
    case 'n':
      return single('\n')
    case 't':
      return single('\t')
    case 'r':
      return single('\r')
    case '':
      throw reader.refusal(reader.at, 'a backslash with nothing after it', escapes)
    default:
      if (/^[!-/:-@[-`{-~]$/.test(character)) return single(character)
      throw reader.refusal(begin + 1, `\\${character} is not an escape`, escapes)
  }
}

/** The set of one character. */
export function single(character: string): CodePointRanges {
  const codePoint = character.codePointAt(0) as number
  return [codePoint, codePoint]
}

/** Reads a class, of which the `[` stands here. */
export function readClass(reader: PatternReader): CodePointRanges {
  const begin = reader.at
  reader.at++
  const negated = reader.skip('^')
  const pairs: [number, number][] = []
  for (let first = true; !reader.skip(']'); first = false) {
    const from = readMember(reader, begin, first)
    if (!reader.sees('-') || reader.sees('-]')) {
      pairs.push(...pairsOf(from))
      continue
    }
    const dash = reader.at
    reader.at++
    const to = readMember(reader, begin, true)
    pairs.push(readRange(reader, dash, from, to))
  }
  if (pairs.length === 0)
    throw reader.refusal(reader.at - 1, 'the class has no members', 'a character, a range or an escape')
  const ranges = rangesOf(pairs)
  return negated ? complementOf(ranges) : ranges
}

function readMember(reader: PatternReader, begin: number, dashAllowed: boolean): CodePointRanges {
  if (reader.atEnd) throw reader.refusal(reader.at, 'the class is not closed', `] for the [ at ${begin}`)
  if (reader.sees('\\')) return readEscape(reader)
  if (reader.sees('-') && !dashAllowed && !reader.sees('-]')) {
    throw reader.refusal(reader.at, 'a - that is neither first nor last in its class makes no range here', '\\-')
  }
  return single(reader.next())
}

function readRange(reader: PatternReader, dash: number, from: CodePointRanges, to: CodePointRanges): [number, number] {
  const [first, sameFirst] = from
  const [last, sameLast] = to
  if (from.length > 2 || to.length > 2 || first !== sameFirst || last !== sameLast) {
    throw reader.refusal(
      dash,
      'a range has one character at each end',
      'a character at each end, or \\- for the - itself',
    )
  }
  if ((first as number) > (last as number)) {
    throw reader.refusal(dash, 'the range runs backwards', 'the lower character first')
  }
  return [first as number, last as number]
}
