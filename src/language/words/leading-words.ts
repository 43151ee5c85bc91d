import { PhraseTree } from '../phrase-tree.js'

/*
 * The words that a condition or a value begins with. What each means is the name of a parser; the first phrase of each is
 * the one that is printed.
 */

/** What a condition can begin with, besides a value. */
export type RuleStart =
  | 'everyone'
  | 'nobody'
  | 'all'
  | 'any'
  | 'noneOf'
  | 'someOf'
  | 'hasTag'
  | 'lacksTag'
  | 'hasTagLike'
  | 'hasAnyTag'
  | 'hasAllTags'
  | 'hasNoneOfTags'
  | 'tag'
  | 'inSegment'
  | 'notInSegment'
  | 'inSample'
  | 'some'
  | 'none'
  | 'every'
  | 'anniversary'

/** Every way to begin each condition. */
export const ruleStarts: { readonly [Start in RuleStart]: readonly [string, ...string[]] } = {
  everyone: ['everyone', 'everybody'],
  nobody: ['nobody', 'no one'],
  all: ['all of ('],
  any: ['any of (', 'one of ('],
  noneOf: ['none of ('],
  someOf: ['at least'],
  hasTag: ['has tag', 'has the tag', 'have tag', 'tagged'],
  lacksTag: ['does not have tag', 'does not have the tag', 'has no tag', 'has not tag'],
  hasTagLike: ['has tag like', 'has a tag like', 'tag like'],
  hasAnyTag: ['tag in', 'tags in', 'has any tag of', 'has any of the tags', 'tags contain any of', 'tag is one of'],
  hasAllTags: ['has all tags', 'has all tags of', 'has all of the tags', 'tags contain all of'],
  hasNoneOfTags: ['tag not in', 'tags not in', 'has no tag of', 'has none of the tags', 'tags contain none of'],
  tag: ['tag', 'tags'],
  inSegment: ['in segment', 'in the segment', 'is in segment', 'member of segment', 'is a member of segment'],
  notInSegment: ['is not in segment', 'is not a member of segment'],
  inSample: ['in sample', 'is in sample'],
  some: ['has', 'have', 'has a', 'has an', 'has any', 'has some', 'some'],
  none: ['no', 'has no', 'does not have', 'does not have a', 'does not have an', 'does not have any'],
  every: ['every', 'each'],
  anniversary: ['anniversary of'],
}

/** What a value can begin with, besides a name, a literal or a parenthesis. */
export type ValueStart =
  | 'tag'
  | 'tagAdded'
  | 'tagCount'
  | 'contactId'
  | 'length'
  | 'count'
  | 'sum'
  | 'average'
  | 'minimum'
  | 'maximum'
  | 'distinct'
  | 'distinctDays'
  | 'distinctWeeks'
  | 'distinctMonths'
  | 'mostFrequent'
  | 'first'
  | 'last'
  | 'attribute'
  | 'property'
  | 'instant'
  | 'true'
  | 'false'

/** Every way to begin each value. */
export const valueStarts: { readonly [Start in ValueStart]: readonly [string, ...string[]] } = {
  tag: ['tag', 'tags'],
  tagAdded: ['tag added'],
  tagCount: ['number of tags', 'count of tags', 'tag count'],
  contactId: ['contact id'],
  length: ['length of'],
  count: ['count of', 'number of'],
  sum: ['sum of'],
  average: ['average of', 'mean of'],
  minimum: ['minimum of', 'lowest of'],
  maximum: ['maximum of', 'highest of'],
  distinct: ['distinct count of', 'number of distinct', 'number of different'],
  distinctDays: ['distinct days', 'number of distinct days', 'number of different days'],
  distinctWeeks: ['distinct weeks', 'number of distinct weeks', 'number of different weeks'],
  distinctMonths: ['distinct months', 'number of distinct months', 'number of different months'],
  mostFrequent: ['most frequent of', 'most frequent'],
  first: ['first'],
  last: ['last'],
  attribute: ['attribute'],
  property: ['property'],
  instant: ['instant'],
  true: ['true'],
  false: ['false'],
}

/** What events and records can begin with, where a name alone could be either. */
export type ItemsStart = 'events' | 'records'

/** Every way to begin events and records. */
export const itemsStarts: { readonly [Start in ItemsStart]: readonly [string, ...string[]] } = {
  events: ['event', 'events'],
  records: ['records', 'record'],
}

export const ruleStartTree = /* @__PURE__ */ treeOf('a condition', ruleStarts)
export const valueStartTree = /* @__PURE__ */ treeOf('a value', valueStarts)
export const itemsStartTree = /* @__PURE__ */ treeOf('events or records', itemsStarts)

function treeOf<Start extends string>(
  label: string,
  starts: { readonly [S in Start]: readonly string[] },
): PhraseTree<Start> {
  const entries = Object.entries<readonly string[]>(starts) as [Start, readonly string[]][]
  return new PhraseTree(
    label,
    entries.flatMap(([start, phrases]) => phrases.map((phrase) => [phrase, start] as const)),
  )
}
