import { readDuration } from '../../base/duration.js'
import { lowerCase } from '../../base/text.js'
import { backtick } from '../quoted.js'
import { comparisons } from './comparison-words.js'
import { itemsStartTree, ruleStartTree, valueStartTree } from './leading-words.js'
import { absoluteTree, windowTree } from './window-words.js'

/*
 * Words that are no names unless they stand in backticks. Read, those are the ones that join or compare, and those that
 * are a phrase of their own; `count` is a name where no `of` comes after it. Written, every word that a phrase can begin
 * with stands in backticks, so that what comes after a name is never taken for the rest of a phrase.
 */

const joints = [
  'and',
  'or',
  'not',
  'of',
  'the',
  'where',
  'by',
  'then',
  'with',
  'within',
  'ignoring',
  'times',
  'once',
  'twice',
]

let unnamed: ReadonlySet<string> | undefined
let leading: ReadonlySet<string> | undefined

/** Whether a word, in lower case, can be read as a name where no phrase begins with it. */
export function canBeName(word: string): boolean {
  unnamed ??= new Set([
    ...joints,
    ...comparisons.firstWords(),
    ...windowTree.firstWords(),
    ...absoluteTree.firstWords(),
  ])
  return !unnamed.has(word)
}

/** Whether a word, in lower case, can begin a phrase. */
function canBegin(word: string): boolean {
  leading ??= new Set([...ruleStartTree.firstWords(), ...valueStartTree.firstWords(), ...itemsStartTree.firstWords()])
  return leading.has(word)
}

const plainName = /^[\p{L}\p{M}_$][\p{L}\p{M}\p{N}_$]*$/u

/** A name as it is written: in backticks where it could be read as something else. */
export function writtenName(name: string): string {
  const word = lowerCase(name)
  const isSafe = canBeName(word) && !canBegin(word) && readDuration(name) === undefined
  return plainName.test(name) && isSafe ? name : backtick(name)
}
