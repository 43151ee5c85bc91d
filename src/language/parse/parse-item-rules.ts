import { PhraseTree } from '../phrase-tree.js'
import type { Said } from '../said.js'
import type { Sentence } from '../sentence.js'
import { spanOf } from '../token.js'
import { comparisons } from '../words/comparison-words.js'
import { parseDuration } from './parse-durations.js'
import { nodeOf, ruleOf, valueOf, type SaidField, type SaidRule } from './nodes.js'
import { addWindow, parseItems, type SaidItemsPart } from './parse-items.js'
import { parseName } from './parse-names.js'
import { requireValue } from './require-value.js'

/** What can come after events or records: how often, what comes then, or nothing. */
export function parseAfterItems(sentence: Sentence, items: SaidItemsPart): Said {
  const times = parseTimes(sentence, items)
  if (times !== undefined) return times
  if (sentence.token.lower === 'then') return parseSequence(sentence, items)
  sentence.expect('`then`', 'word', () => ['then'])
  const { token } = sentence
  if (token.kind === 'symbol' && sentence.phrase(comparisons) !== undefined) requireValue(sentence, items)
  return items
}

type TimesOp = 'atLeast' | 'atMost' | 'equals' | 'greaterThan' | 'lessThan'

const timesWords = /* @__PURE__ */ new PhraseTree<TimesOp>('a number of times', [
  ['at least', 'atLeast'],
  ['at most', 'atMost'],
  ['exactly', 'equals'],
  ['more than', 'greaterThan'],
  ['less than', 'lessThan'],
  ['fewer than', 'lessThan'],
])

const adverbs: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ['once', 1],
  ['twice', 2],
])

/** How many tokens say how often, so far ahead; 0 where they do not. */
export function timesLength(sentence: Sentence): number {
  const first = sentence.token.lower
  const words =
    first === 'exactly' ? 1 : first === 'at' || first === 'more' || first === 'less' || first === 'fewer' ? 2 : 0
  if (words === 0) return 0
  if (adverbs.has(sentence.ahead(words).lower)) return words + 1
  return sentence.ahead(words + 1).lower === 'times' ? words + 2 : 0
}

/** `at least 3 times in the last 90 days`. */
function parseTimes(sentence: Sentence, items: SaidItemsPart): SaidRule | undefined {
  const mark = sentence.mark()
  const op = sentence.phrase(timesWords)
  if (op === undefined) return undefined
  const adverb = adverbs.get(sentence.token.lower)
  sentence.expect('a number and `times`', 'word', () => adverbs.keys())
  const { token } = sentence
  const isNumber = token.kind === 'number' || token.kind === 'value'
  if (isNumber) sentence.expect('`times`', 'word', () => ['times'], 1)
  if (adverb === undefined && (!isNumber || sentence.ahead(1).lower !== 'times')) {
    sentence.back(mark)
    return undefined
  }
  sentence.take()
  if (adverb === undefined) sentence.take()
  const count = valueOf(sentence, items, 'count', ['of', items.items, items])
  addWindow(sentence, items)
  return ruleOf(sentence, items, op, ['left', count.operand, count], ['right', adverb ?? token.value, token])
}

/** Steps with `then` between them, and a property that all of them have in common. */
function parseSequence(sentence: Sentence, first: SaidItemsPart): SaidRule {
  const steps = [nodeOf(sentence, first, [['of', first.items, first]])]
  while (sentence.say('then')) steps.push(parseStep(sentence))
  const isSame = sentence.say('with the same')
  const same = isSame
    ? parseName(sentence, 'a property', 'property', () => sentence.names.properties(first.scope))
    : undefined
  return ruleOf(sentence, first, 'sequence', ['steps', steps], ['same', same?.name, same])
}

function parseStep(sentence: Sentence): object {
  const from = sentence.token
  const isNot = sentence.say('no') || sentence.say('not')
  const items = parseItems(sentence)
  const fields: SaidField[] = [
    ['of', items.items, items],
    ['not', isNot ? true : undefined],
  ]
  const has = (field: string): boolean => fields.some(([name]) => name === field)
  for (;;) {
    const limit =
      !has('within') && sentence.say('within') ? 'within' : !has('after') && sentence.say('after') ? 'after' : undefined
    if (limit !== undefined) {
      const duration = parseDuration(sentence)
      fields.push([limit, duration.text, duration])
    } else if (!has('from') && sentence.say('from the start')) fields.push(['from', 'start'])
    else return nodeOf(sentence, spanOf(from, sentence.last), fields)
  }
}
