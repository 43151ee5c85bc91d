import type { RuleOptions } from '../rules/rule-reading.js'

/** A segment by its id, with the name that people know it by. */
export interface NamedSegment {
  readonly id: string
  readonly name?: string | undefined
}

/** How a text is read, and what is known when it is. All of it may be left out. */
export interface LanguageOptions extends Omit<RuleOptions, 'segments'> {
  /**
   * The segments that there are, by id or with their names: a text may then name a segment either way, and one that
   * refers to another is refused. Left out, any id may be referred to.
   */
  readonly segments?: Iterable<string | NamedSegment> | undefined
  /** The tags that are in use, for completions; a rule may ask for any tag. */
  readonly tags?: Iterable<string> | undefined
}
