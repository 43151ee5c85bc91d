import { compilePattern } from '../base/pattern.js'
import { optionInvalid } from '../engine/arguments.js'

/*
 * Conventions for names. A convention says of a name how it should be written; one that is written so is given back as it is.
 * A pattern only says whether a name is right.
 */

/** The conventions that have a name. */
const styles = {
  'kebab-case': (words: readonly string[]) => words.map((word) => word.toLowerCase()).join('-'),
  snake_case: (words: readonly string[]) => words.map((word) => word.toLowerCase()).join('_'),
  'lower case': (words: readonly string[]) => words.map((word) => word.toLowerCase()).join(' '),
  'Title Case': (words: readonly string[]) => words.map(capitalised).join(' '),
  camelCase: (words: readonly string[]) =>
    words.map((word, place) => (place === 0 ? word.toLowerCase() : capitalised(word.toLowerCase()))).join(''),
} as const

/**
 * How names are to be written: one of a few styles; a pattern of the library's own language, which names must match as a whole; or a
 * function that gives a name as it should be. The prefix of a tag's group is left as it is.
 */
export type NamingConvention = keyof typeof styles | { readonly pattern: string } | ((name: string) => string)

/** What a convention says of a name. */
export interface Naming {
  readonly isRight: (name: string) => boolean
  /** The name as it should be; undefined where that cannot be told. */
  readonly rightName: (name: string) => string | undefined
  /** The convention in words. */
  readonly words: string
}

/** Reads a convention. Throws `OPTION_INVALID`, `PATTERN_INVALID`. */
export function namingOf(option: string, convention: NamingConvention): Naming {
  if (typeof convention === 'function') {
    const rightName = (name: string): string | undefined => {
      const right: unknown = convention(name)
      return typeof right === 'string' && right !== '' && convention(right) === right ? right : undefined
    }
    return { isRight: (name) => convention(name) === name, rightName, words: 'the convention' }
  }
  if (typeof convention === 'string' && Object.hasOwn(styles, convention)) return styleOf(convention)
  if (typeof convention === 'object' && typeof (convention as { pattern?: unknown } | null)?.pattern === 'string') {
    const { pattern } = convention
    const compiled = compilePattern(`^(?:${pattern})$`)
    return { isRight: (name) => compiled.test(name), rightName: () => undefined, words: `the pattern ${pattern}` }
  }
  throw optionInvalid(option, convention, `${Object.keys(styles).join(', ')}, a pattern or a function`)
}

function styleOf(name: keyof typeof styles): Naming {
  const write = (text: string): string => styles[name](wordsOf(text))
  return {
    isRight: (text) => write(text) === text,
    rightName: (text) => {
      const right = write(text)
      return right !== '' && write(right) === right ? right : undefined
    },
    words: name,
  }
}

/** The words of a name: parted by spaces and marks, and where a small letter is followed by a capital one. */
function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(/([\p{Ll}\p{Nd}])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}\p{M}&+#%$€£@']+/u)
    .filter((word) => word !== '')
}

/** A word with a capital letter; one of capital letters, such as VIP, stays as it is. */
function capitalised(word: string): string {
  const [first = '', ...rest] = word
  return `${first.toUpperCase()}${rest.join('')}`
}
