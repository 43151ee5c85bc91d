import { show, type ErrorCode } from '../../base/errors.js'
import { nearestName } from '../../base/nearest.js'
import type { Sentence } from '../sentence.js'
import type { Named } from './parse-names.js'

/** Fails for a name that the schema does not know, with the one of `known` that was probably meant. */
export function failUnknown(
  sentence: Sentence,
  name: Named,
  code: ErrorCode,
  expected: string,
  known: Iterable<string>,
): never {
  const nearest = sentence.canSuggest ? nearestName(name.name, known) : undefined
  const message = `The schema has no ${expected} ${show(name.name)}`
  sentence.fail(
    { code, message, expected: `the name of ${article(expected)}`, received: show(name.name), nearest },
    name,
  )
}

function article(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
}
