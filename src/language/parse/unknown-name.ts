import { show, type ErrorCode } from '../../base/errors.js'
import { nearestName } from '../../base/nearest.js'
import { nearestWord } from '../expectation.js'
import type { Sentence } from '../sentence.js'
import { writtenName } from '../words/reserved-words.js'
import type { Named } from './parse-names.js'

/** Fails for a name that the schema does not know, with the one of `known` that was probably meant. */
export function failUnknown(
  sentence: Sentence,
  name: Named,
  code: ErrorCode,
  expected: string,
  known: Iterable<string>,
): never {
  const nearest = sentence.canSuggest ? nearestOf(sentence, name, [...known]) : undefined
  const message = `The schema has no ${expected} ${show(name.name)}`
  sentence.fail(
    { code, message, expected: `the name of ${article(expected)}`, received: show(name.name), nearest },
    name,
  )
}

/** A name in two words is one in backticks; else one that is near, or a word of the language that is. */
function nearestOf(sentence: Sentence, { name }: Named, known: readonly string[]): string | undefined {
  const words = [`${String(sentence.ahead(-2).value)} ${name}`, `${name} ${String(sentence.token.value)}`]
  const inTwo = [...sentence.names.attributes(), ...known].find((one) => words.includes(one))
  if (inTwo !== undefined) return writtenName(inTwo)
  return nearestName(name, known) ?? nearestWord(name, sentence.expected)
}

function article(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
}
