import { holderKinds } from '../../contacts/tag.js'
import type { Sentence } from '../sentence.js'
import type { Span } from '../token.js'
import type { RuleStart } from '../words/leading-words.js'
import { PhraseTree } from '../phrase-tree.js'
import { notOf, ruleOf, type SaidRule } from './nodes.js'
import { parseListOf } from './parse-lists.js'
import { isName, parseQuoted, parseTag, type Named } from './parse-names.js'

type TagStart = Extract<RuleStart, 'tag' | 'lacksTag' | 'hasTagLike' | `has${string}Tag${string}`>

/** What comes after the words that a condition on tags begins with; undefined where these begin a value. */
export function parseTagRule(start: TagStart, from: Span, sentence: Sentence): SaidRule | undefined {
  switch (start) {
    case 'hasTagLike': {
      const pattern = parseQuoted(sentence, 'a pattern, such as "source-*"')
      return ruleOf(sentence, from, start, ['pattern', pattern.name, pattern])
    }
    case 'hasTag':
      return parseHasTag(from, sentence)
    case 'lacksTag':
      return notOf(sentence, from, parseHasTag(from, sentence))
    case 'hasAnyTag':
    case 'hasAllTags':
    case 'hasNoneOfTags':
      return ruleOf(sentence, from, start, ['tags', parseTagList(sentence)])
    case 'tag':
      return parseOfTag(from, sentence)
  }
}

function parseHasTag(from: Span, sentence: Sentence): SaidRule {
  const tag = parseTag(sentence)
  return ruleOf(sentence, from, 'hasTag', ['tag', tag.name, tag])
}

/** Tags in parentheses, or a list that a template put in. */
function parseTagList(sentence: Sentence): readonly unknown[] {
  const { token } = sentence
  if (token.kind === 'value' && Array.isArray(token.value)) {
    sentence.take()
    return sentence.spans.node([...(token.value as readonly unknown[])], token)
  }
  sentence.need('(')
  return parseListOf(sentence, ')', () => parseTag(sentence).name)
}

/** For people who think of tags as of a list: `tag = "VIP"`, `tags contain "VIP"`. */
const tagWords = /* @__PURE__ */ new PhraseTree<'is' | 'isNot'>('a condition on tags', [
  ...['=', '==', 'is', 'equals', 'contains', 'contain', 'includes', 'include'].map((words) => [words, 'is'] as const),
  ...['!=', '<>', 'is not', 'does not contain', 'do not contain', 'does not equal'].map(
    (words) => [words, 'isNot'] as const,
  ),
])

function parseOfTag(from: Span, sentence: Sentence): SaidRule | undefined {
  const words = sentence.phrase(tagWords)
  if (words === 'is') return parseHasTag(from, sentence)
  if (words === 'isNot') return notOf(sentence, from, parseHasTag(from, sentence))
  const isTag = sentence.token.kind === 'text' || sentence.token.kind === 'value' || isName(sentence)
  if (!isTag || sentence.ahead(1).lower !== 'held') return undefined
  const tag = parseTag(sentence)
  sentence.need('held by')
  return parseHolder(from, tag, sentence)
}

function parseHolder(from: Span, tag: Named, sentence: Sentence): SaidRule {
  if (!sentence.passOver('a')) sentence.passOver('an')
  sentence.expect('what holds the tag, such as `campaign`', 'word', () => holderKinds)
  const kind = holderKinds.find((one) => one === sentence.token.lower)
  if (kind === undefined) sentence.fail()
  const holder = sentence.take()
  sentence.hope('who holds it, in quotes')
  const isNamed = sentence.token.kind === 'text' || sentence.token.kind === 'value'
  const by = isNamed ? parseQuoted(sentence, 'who holds it, in quotes') : undefined
  return ruleOf(sentence, from, 'tagHeldBy', ['tag', tag.name, tag], ['holder', kind, holder], ['by', by?.name, by])
}
