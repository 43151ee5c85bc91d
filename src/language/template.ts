import { CoterieError } from '../base/errors.js'
import type { Rule } from '../rules/ast.js'
import type { LanguageOptions } from './language-options.js'
import { readTokens, ruleOfResult } from './parse-rule.js'
import type { Token } from './token.js'
import { tokenize } from './tokenize.js'

/** A tag for template literals that are rules. */
export type RuleTag = (texts: TemplateStringsArray, ...values: readonly unknown[]) => Rule

/** What stands in the place of a value when positions are counted. */
const hole = '${}'

/**
 * A rule from a template literal. What is put in is a value, never a part of the text: a text, a number, a date, a list, a
 * duration such as `'60d'`, the name of a tag or segment, or a whole rule, so nothing that it says can change what the
 * sentence around it means. Positions of errors count each value as the three characters `${}`.
 *
 * @throws CoterieError as `parseRule` does.
 */
export const rule: RuleTag = (texts, ...values) => ruleOfTemplate(texts, values, {})

/**
 * The tag for rules about what a schema knows: `const rule = ruleTag({ schema })`.
 *
 * @throws CoterieError as `parseRule` does, when it is used.
 */
export function ruleTag(options: LanguageOptions): RuleTag {
  return (texts, ...values) => ruleOfTemplate(texts, values, options)
}

function ruleOfTemplate(
  texts: readonly (string | undefined)[],
  values: readonly unknown[],
  options: LanguageOptions,
): Rule {
  const tokens: Token[] = []
  let length = 0
  for (const [place, text] of texts.entries()) {
    if (place > 0) {
      const span = { start: length, end: length + hole.length }
      tokens.push({ kind: 'value', written: hole, value: values[place - 1], lower: '', ...span })
      length = span.end
    }
    if (text === undefined) throw badEscape(length)
    tokens.push(...tokenize(text, length))
    length += text.length
  }
  return ruleOfResult(readTokens(tokens, length, options))
}

/** JavaScript gives no text where an escape is none of its own. */
function badEscape(position: number): CoterieError {
  const expected = 'escapes of JavaScript: a backslash itself is written twice'
  return new CoterieError('TEXT_INVALID', 'The template has an escape that is none', { position, expected })
}
