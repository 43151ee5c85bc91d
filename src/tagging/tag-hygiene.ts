import type { AnyEngine } from '../population/any-engine.js'
import { finding, findingKinds, quoted, type TagFinding, type TagFindingKind } from './finding.js'
import { readHygieneOptions, type ReadHygieneOptions, type TagHygieneOptions } from './hygiene-options.js'
import { knownTags, type KnownTags } from './known-tags.js'
import { askedInVain, dataLike, misnamed, nearDuplicates, undeclared, unread, unused } from './tag-findings.js'

/** An engine whose tags are looked over. */
export type TaggedEngine = Pick<AnyEngine, 'segments' | 'tags'> & {
  readonly contacts: Pick<AnyEngine['contacts'], 'ids'>
}

type Find = (engine: TaggedEngine, known: KnownTags, options: ReadHygieneOptions) => Iterable<TagFinding>

const finders: Readonly<Record<TagFindingKind, readonly Find[]>> = {
  'near-duplicate': [nearDuplicates],
  name: [misnamed, misnamedSegments],
  data: [dataLike],
  unused: [unused],
  'asked-in-vain': [askedInVain],
  unread: [unread],
  undeclared: [undeclared],
  'too-many': [tooMany],
}

/**
 * Looks the tags of an engine over, and the names of its segments: what is found, each with its fix as changes for `engine.batch`. Changes
 * nothing. By kind in their order, then by tag, segment or contact. Goes through tags, rules and contacts once; for each fix that renames,
 * merges or deletes, the engine is asked whether it would take it, at the cost of looking at who has the tag and at the order of segments.
 *
 * A fix fits the engine as it is: after one was applied, look again before the next.
 *
 * @throws CoterieError `OPTION_INVALID`, `PATTERN_INVALID`.
 */
export function tagHygiene(engine: TaggedEngine, options: TagHygieneOptions = {}): readonly TagFinding[] {
  const read = readHygieneOptions(options)
  const known = knownTags(engine, read.users)
  const found = findingKinds
    .filter((kind) => read.kinds.has(kind))
    .flatMap((kind) => finders[kind].flatMap((find) => [...find(engine, known, read)]))
  return Object.freeze(found)
}

/** Segments whose names, or ids where they have none, are not written as the convention says. Another name moves nobody. */
function* misnamedSegments(
  engine: TaggedEngine,
  _: KnownTags,
  { segmentNames: naming }: ReadHygieneOptions,
): Iterable<TagFinding> {
  if (naming === undefined) return
  for (const segment of engine.segments.ids()) {
    const name = engine.segments.get(segment)?.name ?? segment
    if (naming.isRight(name)) continue
    const right = naming.rightName(name)
    const message = `The name ${JSON.stringify(name)} of segment ${JSON.stringify(segment)} is not written as ${naming.words} says`
    const fix = right === undefined ? [] : [Object.freeze({ type: 'segment.describe', segment, name: right } as const)]
    yield finding('name', right === undefined ? message : `${message}: ${JSON.stringify(right)}`, {
      tags: [],
      segment,
      fix,
    })
  }
}

/**
 * Contacts with too many tags. What can go are tags that nothing asks for and no rule holds, those first that are there longest;
 * where these are too few, people must decide.
 */
function* tooMany(engine: TaggedEngine, { use }: KnownTags, { mostTags }: ReadHygieneOptions): Iterable<TagFinding> {
  const isCounted = use.counting.length > 0
  for (const contact of engine.contacts.ids()) {
    const held = engine.tags.of(contact)
    if (held.length <= mostTags) continue
    const idle = held.filter(
      ({ tag, holders }) => !isCounted && !use.isRead(tag) && holders.every(({ kind }) => kind !== 'rule'),
    )
    const surplus = held.length - mostTags
    const tags = Object.freeze(idle.slice(0, surplus).map(({ tag }) => tag))
    const message = `The contact ${JSON.stringify(contact)} has ${String(held.length)} tags, ${String(surplus)} more than ${String(mostTags)}`
    const about = { tags: held.map(({ tag }) => tag), contact }
    if (tags.length < surplus) yield finding('too-many', message, { ...about, fix: [] })
    else {
      const change = Object.freeze({ type: 'tag.remove', contacts: Object.freeze([contact]), tags } as const)
      const loses = `that it has ${quoted(tags)}`
      yield finding('too-many', message, { ...about, fix: [change], loses })
    }
  }
}
