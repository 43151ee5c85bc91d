import { anyCodePoint } from './code-point-ranges.js'
import { readClass, readEscape, single } from './pattern-classes.js'
import { choice, end, one, repeat, sequence, start } from './pattern-nodes.js'
import type { PatternNode } from './pattern-nodes.js'
import { PatternReader } from './pattern-reader.js'

/**
 * Reads the pattern language by recursive descent: a choice of sequences of quantified atoms.
 *
 * Every character is looked at a bounded number of times, and groups nest at most {@link maxDepth} deep, so reading
 * takes linear time and little stack. The states are added up while reading, with counted repetition multiplied out,
 * and the first part that brings them over {@link maxStates} is refused: nothing larger is ever built.
 */

/** How many states a pattern may have. */
export const maxStates = 2_000

/** How often a counted repetition may repeat. */
export const maxRepeat = 1_000

/** How deep groups may stand in each other. */
export const maxDepth = 64

/** Reads a pattern. Throws `PATTERN_INVALID` with the position of the first thing that is not in the language. */
export function parsePattern(source: string): PatternNode {
  const reader = new PatternReader(source)
  const pattern = readChoice(reader)
  if (!reader.atEnd) throw reader.refusal(reader.at, 'a ) that closes nothing', '\\) for the character itself')
  return pattern
}

function readChoice(reader: PatternReader): PatternNode {
  const branches: PatternNode[] = []
  let states = 0
  do {
    const begin = reader.at
    const branch = readSequence(reader)
    states += branch.states
    bound(reader, begin, states)
    branches.push(branch)
  } while (reader.skip('|'))
  return choice(branches)
}

function readSequence(reader: PatternReader): PatternNode {
  const parts: PatternNode[] = []
  let states = 0
  while (!reader.atEnd && !reader.sees('|') && !reader.sees(')')) {
    const begin = reader.at
    const part = readQuantified(reader)
    states += part.states
    bound(reader, begin, states)
    parts.push(part)
  }
  return sequence(parts)
}

function bound(reader: PatternReader, position: number, states: number): void {
  if (states <= maxStates) return
  throw reader.refusal(position, 'the pattern is too large from here on', `at most ${maxStates} states`)
}

function readAtom(reader: PatternReader): PatternNode {
  const begin = reader.at
  switch (reader.peek()) {
    case '(':
      return readGroup(reader)
    case '[':
      return one(readClass(reader))
    case '\\':
      return one(readEscape(reader))
    case '*':
    case '+':
    case '?':
    case '{':
      throw reader.refusal(begin, 'there is nothing to repeat', 'a backslash before the character itself')
    case ']':
    case '}':
      throw reader.refusal(begin, 'a bracket that closes nothing', 'a backslash before the character itself')
    case '.':
      reader.at++
      return one(anyCodePoint)
    case '^':
      reader.at++
      return start
    case '$':
      reader.at++
      return end
    default:
      return one(single(reader.next()))
  }
}

function readGroup(reader: PatternReader): PatternNode {
  const begin = reader.at
  if (reader.depth >= maxDepth) throw reader.refusal(begin, 'too many groups in each other', `at most ${maxDepth}`)
  reader.at++
  if (reader.sees('?') && !reader.skip('?:')) {
    throw reader.refusal(reader.at, 'lookaround, named groups and flags are not in the language', '(?: or ( alone')
  }
  reader.depth++
  const group = readChoice(reader)
  reader.depth--
  if (!reader.skip(')')) throw reader.refusal(reader.at, 'a group is not closed', `) for the ( at ${begin}`)
  return group
}

const quantifier = /[*+?]|\{([0-9]+)(,([0-9]*))?\}/y

function readQuantified(reader: PatternReader): PatternNode {
  const isAnchor = reader.sees('^') || reader.sees('$')
  const atom = readAtom(reader)
  const begin = reader.at
  const found = reader.match(quantifier)
  if (found === null) {
    if (!reader.sees('{')) return atom
    throw reader.refusal(begin, 'a { that is no quantifier', '{m}, {m,}, {m,n}, or \\{ for the character itself')
  }
  if (isAnchor) throw reader.refusal(begin, 'there is nothing to repeat', 'no quantifier here')
  if (/^[*+?{]/.test(reader.peek())) {
    throw reader.refusal(
      reader.at,
      'a quantifier after a quantifier',
      'one quantifier (there are no lazy or possessive ones)',
    )
  }
  const [least, most] = countsOf(found)
  if (least > maxRepeat || (most > maxRepeat && most !== Infinity)) {
    throw reader.refusal(begin, 'it repeats too often', `at most ${maxRepeat} times`, found[0])
  }
  if (least > most) throw reader.refusal(begin, 'the counts run backwards', 'the lower count first', found[0])
  return repeat(atom, least, most)
}

function countsOf([sign, least, range, most]: RegExpExecArray): [number, number] {
  if (sign === '*') return [0, Infinity]
  if (sign === '+') return [1, Infinity]
  if (sign === '?') return [0, 1]
  const count = Number(least)
  if (range === undefined) return [count, count]
  return [count, most === undefined || most === '' ? Infinity : Number(most)]
}
