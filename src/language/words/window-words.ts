import { PhraseTree } from '../phrase-tree.js'

/**
 * How a window of time begins. `inLast` and `inNext` are followed by a duration, or by units of the calendar; `last`
 * and `next`, without an article, by one of these units or by a number of them.
 */
export type WindowStart =
  | 'inLast'
  | 'inNext'
  | 'last'
  | 'next'
  | 'this'
  | 'today'
  | 'yesterday'
  | 'tomorrow'
  | 'moreThan'
  | 'olderThan'
  | 'lessThan'
  | 'between'
  | 'in'
  | 'onDay'

/** Every way to begin each window. The first is the one that is printed. */
export const windowStarts: { readonly [Start in WindowStart]: readonly [string, ...string[]] } = {
  inLast: ['in the last', 'within the last', 'during the last', 'over the last', 'in the past', 'within the past'],
  inNext: ['in the next', 'within the next', 'during the next'],
  last: ['last', 'in last', 'during last', 'within last'],
  next: ['next', 'in next', 'during next', 'within next'],
  this: ['this', 'in this', 'during this'],
  today: ['today'],
  yesterday: ['yesterday'],
  tomorrow: ['tomorrow'],
  moreThan: ['more than', 'at least'],
  olderThan: ['older than'],
  lessThan: ['less than', 'fewer than'],
  between: ['between'],
  in: ['in', 'during'],
  onDay: ['on the day'],
}

/** A window of events or records with ends that stand still. */
export type AbsoluteStart = 'since' | 'from' | 'before' | 'after' | 'on'

/** Every way to begin each window with ends that stand still. */
export const absoluteStarts: { readonly [Start in AbsoluteStart]: readonly [string, ...string[]] } = {
  since: ['since'],
  from: ['from'],
  before: ['before', 'until'],
  after: ['after'],
  on: ['on'],
}

export const windowTree = /* @__PURE__ */ treeOf(windowStarts)
export const absoluteTree = /* @__PURE__ */ treeOf(absoluteStarts)

function treeOf<Start extends string>(starts: { readonly [S in Start]: readonly string[] }): PhraseTree<Start> {
  const entries = Object.entries<readonly string[]>(starts) as [Start, readonly string[]][]
  return new PhraseTree(
    'a window of time',
    entries.flatMap(([start, phrases]) => phrases.map((phrase) => [phrase, start] as const)),
  )
}
