import { compareText } from '../base/text.js'
import type { AnyEngine } from '../population/any-engine.js'
import { deletion, retagFix } from './fixes.js'
import { finding, quoted, type TagFinding } from './finding.js'
import type { ReadHygieneOptions } from './hygiene-options.js'
import type { KnownTags } from './known-tags.js'
import { dataLikenessOf, likenessOf } from './likeness.js'

/*
 * What is found about single tags, each kind by a function of its own. Each goes through the tags once; only for what it finds the
 * engine is asked whether it would take the fix.
 */

type Engine = Pick<AnyEngine, 'tags'>
type Find = (engine: Engine, known: KnownTags, options: ReadHygieneOptions) => Iterable<TagFinding>

/** Tags whose names are hard to tell apart. The one that is declared stays, or else the one that most have. */
export const nearDuplicates: Find = function* (engine, known, { tagNames }) {
  const alike = new Map<string, string[]>()
  for (const tag of known.tags) {
    const likeness = likenessOf(tag)
    if (likeness === undefined) continue
    const others = alike.get(likeness)
    if (others === undefined) alike.set(likeness, [tag])
    else others.push(tag)
  }
  const rank = (tag: string): number => (known.isDeclared(tag) ? 2 : 0) + (tagNames?.isRight(tag) === true ? 1 : 0)
  for (const tags of alike.values()) {
    if (tags.length < 2) continue
    const [into = '', ...from] = [...tags].sort(
      (a, b) => rank(b) - rank(a) || known.countOf(b) - known.countOf(a) || compareText(a, b),
    )
    const message = `The tags ${quoted(tags)} are hard to tell apart; merged into ${quoted([into])} they are one`
    const merge = { type: 'tag.merge', from: Object.freeze(from.sort(compareText)), into } as const
    yield finding('near-duplicate', message, { tags, ...retagFix(engine, merge, 'which of them each contact had') })
  }
}

/** Tags that are not written as the convention says. The prefix of a tag's group stays as it is. */
export const misnamed: Find = function* (engine, known, { tagNames: naming }) {
  if (naming === undefined) return
  const all = new Set(known.tags)
  const prefixes = known.groups.flatMap(({ prefix }) => prefix ?? []).sort((a, b) => b.length - a.length)
  const prefixOf = (tag: string): string => prefixes.find((prefix) => tag.startsWith(prefix)) ?? ''
  const restOf = (tag: string): string => tag.slice(prefixOf(tag).length)
  const isRight = (tag: string): boolean => restOf(tag) === '' || naming.isRight(restOf(tag))
  for (const tag of known.tags) {
    if (isRight(tag)) continue
    const rest = naming.rightName(restOf(tag))
    const right = rest === undefined ? undefined : `${prefixOf(tag)}${rest}`
    const says = `The tag ${quoted([tag])} is not written as ${naming.words} says`
    if (right === undefined || right === tag || !isRight(right)) {
      yield finding('name', says, { tags: [tag], fix: [] })
    } else if (all.has(right)) {
      const merge = { type: 'tag.merge', from: Object.freeze([tag]), into: right } as const
      const fix = retagFix(engine, merge, 'which of the two each contact had')
      yield finding('name', `${says}, and there is ${quoted([right])} already`, { tags: [tag], ...fix })
    } else {
      const fix = retagFix(engine, { type: 'tag.rename', from: tag, to: right })
      yield finding('name', `${says}: ${quoted([right])}`, { tags: [tag], ...fix })
    }
  }
}

/** Tags that look like data, which belongs into attributes. */
export const dataLike: Find = function* (engine, known) {
  for (const tag of known.tags) {
    const like = dataLikenessOf(tag)
    if (like === undefined) continue
    const message = `The tag ${quoted([tag])} looks like ${like}, which belongs into an attribute`
    yield finding('data', message, { tags: [tag], ...deletion(engine, known, tag) })
  }
}

/** Tags that are declared or listed in a group, and nothing has or uses them. */
export const unused: Find = function* (engine, known) {
  for (const tag of known.tags) {
    const { use } = known
    if (known.countOf(tag) > 0 || use.isRead(tag) || isPutOn(known, tag)) continue
    const where = known.isDeclared(tag) ? 'declared' : 'listed in a group'
    const message = `The tag ${quoted([tag])} is ${where}, and nothing has it or asks for it`
    yield finding('unused', message, { tags: [tag], ...deletion(engine, known, tag) })
  }
}

/** Tags that rules ask for by name, that nobody has and nothing puts on. */
export const askedInVain: Find = function* (engine, known) {
  for (const tag of known.tags) {
    const asking = known.use.namedBy(tag)
    if (known.countOf(tag) > 0 || asking.length === 0 || isPutOn(known, tag)) continue
    const message = `The tag ${quoted([tag])} is asked for in ${quoted(asking)}, and nobody has it`
    yield finding('asked-in-vain', message, { tags: [tag], ...deletion(engine, known, tag) })
  }
}

/** Tags that somebody has and nothing asks for. One that a segment holds is there for people to see, and left aside. */
export const unread: Find = function* (engine, known) {
  for (const tag of known.tags) {
    if (known.countOf(tag) === 0 || known.use.isRead(tag) || known.use.heldBy(tag).length > 0) continue
    const message = `Nothing asks for the tag ${quoted([tag])}`
    yield finding('unread', message, { tags: [tag], ...deletion(engine, known, tag) })
  }
}

/** Tags that are used and not declared, where others are. */
export const undeclared: Find = function* (_, known) {
  if (known.tags.every((tag) => !known.isDeclared(tag))) return
  for (const tag of known.tags) {
    if (known.isDeclared(tag) || (known.countOf(tag) === 0 && !known.use.named().has(tag))) continue
    const fix = [Object.freeze({ type: 'tag.define', tag } as const)]
    yield finding('undeclared', `The tag ${quoted([tag])} is used, and the catalogue says nothing of it`, {
      tags: [tag],
      fix,
    })
  }
}

function isPutOn({ use }: KnownTags, tag: string): boolean {
  return use.heldBy(tag).length > 0 || use.usersPutting(tag).length > 0
}
