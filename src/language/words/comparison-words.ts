import type {
  BetweenRule,
  CompareRule,
  DateCompareRule,
  ListRule,
  MatchesRule,
  OneOfRule,
  PresenceRule,
  TextRule,
} from '../../rules/ast.js'
import { PhraseTree } from '../phrase-tree.js'

/** A comparison of a value with what follows it, if anything does; windows of time are apart. */
export type ComparisonOp = (
  CompareRule | DateCompareRule | OneOfRule | BetweenRule | PresenceRule | TextRule | MatchesRule | ListRule
)['op']

/** Every way to say each comparison. The first is the one that is printed. */
export const comparisonWords: { readonly [Op in ComparisonOp]: readonly [string, ...string[]] } = {
  equals: ['=', '==', 'is', 'was', 'are', 'equals', 'is equal to'],
  notEquals: ['!=', '<>', '≠', 'is not', 'was not', 'are not', 'does not equal', 'is not equal to'],
  in: ['in', 'is in', 'is one of', 'is any of', 'one of'],
  notIn: ['not in', 'is not in', 'is not one of', 'is none of', 'is not any of'],
  exists: ['exists', 'exist', 'is not missing', 'is set'],
  missing: ['is missing', 'does not exist', 'is not set'],
  isEmpty: ['is empty'],
  greaterThan: [
    '>',
    'is greater than',
    'is more than',
    'is over',
    'is above',
    'greater than',
    'more than',
    'over',
    'above',
  ],
  atLeast: ['>=', '≥', 'is at least', 'at least'],
  lessThan: ['<', 'is less than', 'is fewer than', 'is under', 'is below', 'less than', 'fewer than', 'under', 'below'],
  atMost: ['<=', '≤', 'is at most', 'at most'],
  between: ['between', 'is between', 'was between'],
  contains: ['contains', 'contain', 'includes'],
  notContains: ['does not contain', 'not contains', 'does not include'],
  startsWith: ['starts with', 'begins with'],
  endsWith: ['ends with'],
  matches: ['matches'],
  containsAny: ['contains any of'],
  containsAll: ['contains all of'],
  containsNone: ['contains none of', 'does not contain any of'],
  before: ['before', 'is before', 'was before', 'earlier than'],
  after: ['after', 'is after', 'was after', 'later than'],
  on: ['on', 'is on', 'was on'],
}

/** Comparisons that have no operator of their own: the opposite of one. */
const opposites: { readonly [phrase: string]: ComparisonOp } = {
  'is not empty': 'isEmpty',
  'is not between': 'between',
  'not between': 'between',
  'does not start with': 'startsWith',
  'does not end with': 'endsWith',
  'does not match': 'matches',
  'does not contain all of': 'containsAll',
  'is not before': 'before',
  'is not after': 'after',
  'is not on': 'on',
}

/** What the words between two values mean. */
export interface Comparison {
  readonly op: ComparisonOp
  readonly isOpposite: boolean
}

/** The words of all comparisons. */
export const comparisons = /* @__PURE__ */ new PhraseTree<Comparison>(
  'a comparison',
  /* @__PURE__ */ comparisonPhrases(),
)

function comparisonPhrases(): readonly (readonly [string, Comparison])[] {
  const plain = (Object.keys(comparisonWords) as ComparisonOp[]).flatMap((op) =>
    comparisonWords[op].map((phrase) => [phrase, { op, isOpposite: false }] as const),
  )
  const others = Object.entries(opposites).map(([phrase, op]) => [phrase, { op, isOpposite: true }] as const)
  return [...plain, ...others]
}
