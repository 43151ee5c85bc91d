import { compareText } from '../base/text.js'
import { describe } from '../language/describe/describe.js'
import type { DescribeOptions } from '../language/describe/wording.js'
import { namesOf } from '../language/names-of.js'
import type { AnyEngine } from '../population/any-engine.js'
import { isInGroup, type TagGroupDefinition } from '../tags/tag-groups.js'
import { knownTags, type KnownTags } from './known-tags.js'
import { code, plain } from './markdown.js'
import type { TagUser } from './tag-use.js'

/** How a guide is written. */
export interface TaggingGuideOptions {
  /** The heading. Default "Tagging guide". */
  readonly title?: string
  /** What uses tags beside the segments: automations, pages, campaigns. */
  readonly users?: Iterable<TagUser>
  /** What things are called, and in which language rules are put into words. */
  readonly describe?: Pick<DescribeOptions, 'labels' | 'wording'>
}

/** The engine that a guide is about. */
type GuidedEngine = AnyEngine & Parameters<typeof namesOf>[0]

/**
 * The tagging guide of an engine as Markdown: the groups, and of each tag what it means, when it applies, how many have it, which
 * segments and other users ask for it and how, and what puts it on. Tags stand under the first group that they are in, in the order of its
 * list and then by name. The same engine gives the same text.
 */
export function taggingGuide(engine: GuidedEngine, options: TaggingGuideOptions = {}): string {
  const { title = 'Tagging guide', users = [], describe: words } = options
  const known = knownTags(engine, users)
  const telling = {
    ...namesOf(engine, words?.labels),
    ...(words?.wording === undefined ? {} : { wording: words.wording }),
  }
  const guide: Guide = { engine, known, telling }
  const left = new Set([...known.tags, ...known.use.usedByOthers()].sort(compareText))
  const lines = [`# ${plain(title)}`, '']
  for (const group of known.groups) {
    const tags = tagsOf(group, left)
    for (const tag of tags) left.delete(tag)
    lines.push(...groupLines(group), ...tags.flatMap((tag) => tagLines(guide, tag)))
  }
  if (left.size > 0) {
    if (known.groups.length > 0) lines.push('## Tags in no group', '')
    else lines.push('## Tags', '')
    lines.push(...[...left].flatMap((tag) => tagLines(guide, tag)))
  } else if (known.groups.length === 0) lines.push('There are no tags yet.', '')
  const counting = known.use.counting.map((id) => segmentName(guide, id))
  if (counting.length > 0) lines.push(`Rules that count tags, whichever they are: ${counting.join(', ')}.`, '')
  return `${lines.join('\n').trimEnd()}\n`
}

interface Guide {
  readonly engine: GuidedEngine
  readonly known: KnownTags
  readonly telling: DescribeOptions
}

/** The tags of a group that are not told of yet: those that it lists, in their order, then the others by name. */
function tagsOf(group: TagGroupDefinition, left: ReadonlySet<string>): readonly string[] {
  const listed = (group.tags ?? []).filter((tag) => left.has(tag))
  return [...listed, ...[...left].filter((tag) => isInGroup(group, tag) && !listed.includes(tag))]
}

function groupLines({ group, name, description, prefix, exclusive }: TagGroupDefinition): readonly string[] {
  return [
    `## ${plain(name ?? group)}`,
    '',
    ...(description === undefined ? [] : [plain(description), '']),
    ...(prefix === undefined ? [] : [`Tags of this group begin with ${code(prefix)}.`, '']),
    ...(exclusive === true ? ['A contact has at most one of them.', ''] : []),
  ]
}

const kindWords = {
  manual: 'put on by hand',
  automatic: 'put on by a rule',
  campaign: 'put on by campaigns',
  behavioural: 'put on by what contacts do',
} as const

function tagLines(guide: Guide, tag: string): readonly string[] {
  const { engine, known } = guide
  const { name, description, when, kind, colour } = engine.tags.catalogue.get(tag) ?? {}
  const { use } = known
  const count = known.countOf(tag)
  return [
    `### ${code(tag)}${name === undefined ? '' : ` ${plain(name)}`}`,
    '',
    ...(description === undefined ? ['What it means is not said yet.', ''] : [plain(description), '']),
    ...(when === undefined ? [] : [`- Applies: ${plain(when)}`]),
    ...(kind === undefined ? [] : [`- Kind: ${kind}, ${kindWords[kind]}`]),
    ...(colour === undefined ? [] : [`- Colour: ${code(colour)}`]),
    `- Contacts: ${String(count)}`,
    ...use.heldBy(tag).map((id) => `- Put on by segment ${segmentName(guide, id)}: ${heldWords(guide, id)}`),
    ...use.usersPutting(tag).map((user) => `- Put on by ${userName(user)}`),
    ...use
      .readBy(tag)
      .map(
        ({ segment, by }) =>
          `- Asked for in segment ${segmentName(guide, segment)}, by ${by.join(' and ')}: ${ruleWords(guide, segment)}`,
      ),
    ...use.usersReading(tag).map((user) => `- Asked for by ${userName(user)}`),
    ...(use.isRead(tag) ? [] : ['- Nothing asks for it']),
    '',
  ]
}

function segmentName({ engine }: Guide, id: string): string {
  const name = engine.segments.get(id)?.description.name
  return name === undefined ? code(id) : `${code(id)} (${plain(name)})`
}

function userName({ id, name }: TagUser): string {
  return name === undefined ? code(id) : `${code(id)} (${plain(name)})`
}

function heldWords(guide: Guide, id: string): string {
  return guide.engine.segments.get(id)?.holds?.once === true
    ? 'once, when a contact enters'
    : 'as long as a contact is in it'
}

function ruleWords({ engine, telling }: Guide, id: string): string {
  const handle = engine.segments.get(id)
  const rule = handle?.rule === undefined ? '' : plain(describe(handle.rule, telling))
  const stay = handle?.damping?.stay
  return stay === undefined ? rule : `${rule} Members stay while: ${plain(describe(stay, telling))}`
}
