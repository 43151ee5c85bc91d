import { parsePattern } from './pattern-syntax.js'
import { PatternRun } from './pattern-run.js'
import { automatonOf } from './pattern-states.js'
import { lowerCase } from './text.js'

/** A compiled pattern of the language of {@link compilePattern}. */
export interface Pattern {
  readonly source: string
  /** How large it is, of at most 2,000. */
  readonly states: number
  /**
   * Whether the pattern is found anywhere in `text`, in time linear in the text.
   *
   * With `ignoreCase` each code point of the text and of the pattern stands for its simple lower-case mapping: the text
   * is found when some text of the same mapping is. A class takes a code point when it has a member of the same
   * mapping; so what holds exactly also holds then, for complements too: `[^a]` takes `A`, hence ignoring case it takes
   * `a` as well. What is to keep out both is written `[^aA]`.
   */
  test(text: string, ignoreCase?: boolean): boolean
}

/**
 * Compiles a pattern. The language is small, so that every pattern runs in linear time and means the same in every
 * evaluator:
 *
 * - a character for itself; `.` for any code point, line ends too
 * - `[a-z_]` and `[^a-z]`, with `-` for itself only first or last; `\d \w \s` and their complements `\D \W \S`, which
 *   are ASCII (`\s` is the space and U+0009 to U+000D), also in classes
 * - `\n \t \r`, and a backslash before ASCII punctuation for the character itself
 * - `^` and `$` for the ends of the text, not of lines
 * - `a|b`, `(…)` and `(?:…)`, which are the same, up to 64 deep
 * - `* + ? {m} {m,} {m,n}`, one after each part, up to 1,000
 *
 * All else is refused: throws `PATTERN_INVALID` with `position` (in UTF-16 code units from 0), `received` and
 * `expected`. So is a pattern of more than 2,000 states: one for each literal, class, `.`, `^`, `$` and empty
 * alternative, and one for each `*`, `+`, `?` and `{m,n}`, in every copy that counted repetition makes of it.
 */
export function compilePattern(source: string): Pattern {
  const tree = parsePattern(source)
  let exact: PatternRun | undefined
  let ignoring: PatternRun | undefined
  return Object.freeze({
    source,
    states: tree.states,
    test: (text: string, ignoreCase = false): boolean =>
      ignoreCase
        ? (ignoring ??= new PatternRun(automatonOf(tree, true))).test(lowerCase(text))
        : (exact ??= new PatternRun(automatonOf(tree, false))).test(text),
  })
}
