import type { Issue, Path } from '../../base/errors.js'
import type { Schema } from '../../contacts/schema.js'
import type { Limits } from '../../contacts/limits.js'
import type { Operand, Rule } from '../../rules/ast.js'
import type { NamedSegment } from '../language-options.js'

/** What people call things, by the names that rules know them by. What has no label is called by its name. */
export interface Labels {
  readonly attributes?: { readonly [name: string]: string } | undefined
  readonly events?: { readonly [type: string]: string } | undefined
  readonly records?: { readonly [name: string]: string } | undefined
  /** Properties of events and records, whichever they are of. */
  readonly properties?: { readonly [name: string]: string } | undefined
  readonly tags?: { readonly [tag: string]: string } | undefined
}

/** How a rule is put into words. */
export interface DescribeOptions {
  readonly labels?: Labels | undefined
  /** Its fields are called by the labels that it gives them, where `labels` does not say otherwise. */
  readonly schema?: Schema | undefined
  /** The segments by their names. */
  readonly segments?: Iterable<string | NamedSegment> | undefined
  /** The zone in which instants are told, and which is not mentioned. Default `UTC`. */
  readonly timeZone?: string | undefined
  /** The language. Default {@link english}. */
  readonly wording?: Wording | undefined
  /** How large a rule may be, where that is not the default. */
  readonly limits?: Partial<Limits> | undefined
}

/** A rule in words, part by part, for a screen that shows it as a nested list. */
export interface Outline {
  /** The words of the rule; of one with parts, what is said of these. */
  readonly text: string
  /** The conditions in it, in order; of `not`, those of the rule that it denies. */
  readonly parts: readonly Outline[]
  /** The way to the rule from the outermost one, as `explain` has it. */
  readonly path: Path
}

/** What a wording is told of names, and what it may ask for. */
export interface Telling {
  /** Whether what is told is about an event or record. */
  readonly isItem: boolean
  readonly timeZone: string
  readonly attribute: (name: string) => string
  readonly property: (name: string) => string
  readonly event: (type: string) => string
  readonly records: (name: string) => string
  readonly tag: (tag: string) => string
  readonly segment: (id: string) => string
  /** A rule inside another: in parentheses where its words do not hold together by themselves. */
  readonly inner: (rule: Rule) => string
  readonly value: (operand: Operand) => string
  /** The same, about an event or record. */
  readonly ofItem: () => Telling
}

/**
 * A language to put rules into. Each method has a case for every kind of node, which the compiler holds it to, so a
 * language that forgets one does not compile. See `english.ts` for how the first one does it.
 */
export interface Wording {
  /** A rule, without anything around it. */
  readonly rule: (rule: Rule, telling: Telling) => string
  readonly value: (operand: Operand, telling: Telling) => string
  /** Whether the words of a rule hold together, so that they can stand beside `and` without parentheses. */
  readonly holdsTogether: (rule: Rule) => boolean
  /** What is said of the parts of a group, and of the opposite of one, above a list of them: `All of these`. */
  readonly heading: (group: Extract<Rule, { readonly rules: readonly Rule[] }>, isDenied: boolean) => string
  /** Words made into a sentence. */
  readonly sentence: (words: string) => string
  /** What is said in the place of something that is no rule. */
  readonly unreadable: (issue: Issue) => string
}
