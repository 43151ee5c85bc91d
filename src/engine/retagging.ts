import { CoterieError, type Issue } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import type { Retagging } from '../changes/tag-changes.js'
import type { HeldTag } from '../contacts/tag.js'
import { unitedTag } from '../contacts/tag.js'
import type { TagNames } from '../rules/retag.js'
import { isInGroup, type TagGroupDefinition } from '../tags/tag-groups.js'
import type { EngineState } from './state.js'
import { looseReaders, readersByName, type TagReader } from './tag-readers.js'

/*
 * What a renaming, a merging or a deletion of tags would do, before anything of it is done: which tag stands for which, whose
 * tags are others then, and which rules read these tags. To apply it and to list it beforehand both begin here.
 */

/** A retagging, checked against what is there. */
export interface RetagPlan {
  /** The tags that go. */
  readonly gone: ReadonlySet<string>
  /** The tag that comes in their place, if any. */
  readonly into: string | undefined
  readonly names: TagNames
  /** The contacts that have one of the tags that go, in the order in which they were put. */
  readonly ordinals: readonly number[]
  /** Rules that name one of the tags that go, and are rewritten. */
  readonly readers: readonly TagReader[]
  /** Rules that read them by pattern, number or holder and may see a difference. */
  readonly loose: readonly TagReader[]
}

/**
 * Checks a retagging.
 *
 * @throws CoterieError `TAG_UNKNOWN` for a tag that nothing knows, `TAG_IN_USE` for a new name that something has,
 *   `TAG_GROUP_OVERLAP` for a merge after which somebody would have two tags of an exclusive group.
 */
export function planRetagging(state: EngineState, change: Retagging): RetagPlan {
  const gone = new Set(goneBy(change))
  const into = change.type === 'tag.rename' ? change.to : change.type === 'tag.merge' ? change.into : undefined
  if (into !== undefined) gone.delete(into)
  for (const tag of gone) checkKnown(state, tag, change)
  if (change.type === 'tag.rename' && gone.size > 0) checkFree(state, change.to)
  if (change.type === 'tag.merge' && !state.isReplaying) checkJoined(state, gone, change.into)
  return {
    gone,
    into,
    names: (tag) => (gone.has(tag) ? into : tag),
    ordinals: holdersOf(state, gone),
    readers: readersByName(state, gone),
    loose: gone.size === 0 ? [] : looseReaders(state, looseQuestion(change, gone, into)),
  }
}

/**
 * What a contact has of a tag when others come in its place: all that held any of them, those of the tag itself first, since
 * the earliest of them.
 */
export function unitedHold(tag: string, held: HeldTag | undefined, others: Iterable<HeldTag>): HeldTag | undefined {
  let united = held
  for (const other of others) {
    const named = Object.freeze({ ...other, tag })
    united = united === undefined ? named : unitedTag(united, named)
  }
  return united
}

/** A group with other names for the tags that it lists. */
export function retaggedGroup(group: TagGroupDefinition, names: TagNames): TagGroupDefinition {
  const tags = group.tags?.map(names).filter((tag) => tag !== undefined)
  return tags === undefined ? group : Object.freeze({ ...group, tags: Object.freeze([...new Set(tags)]) })
}

/** The error for rules that may see a difference which nobody has said to be wanted. */
export function looseError(loose: readonly TagReader[]): CoterieError {
  const spelled = loose.map(({ in: owner, id, by }) => `${owner} ${JSON.stringify(id)} by ${by}`).join(', ')
  const issues = loose.map(({ in: owner, id, by, path = [] }): Issue => ({
    code: 'TAG_READ_LOOSELY',
    path: [owner, id, ...path],
    message: `The rule of ${owner} ${JSON.stringify(id)} reads these tags by ${by}`,
  }))
  return new CoterieError('TAG_READ_LOOSELY', `Rules read these tags otherwise than by name: ${spelled}`, {
    received: spelled,
    expected: 'force: true, to go on all the same',
    issues,
  })
}

function goneBy(change: Retagging): readonly string[] {
  if (change.type === 'tag.rename') return [change.from]
  return change.type === 'tag.merge' ? change.from : change.tags
}

function looseQuestion(
  { type }: Retagging,
  gone: ReadonlySet<string>,
  into: string | undefined,
): Parameters<typeof looseReaders>[1] {
  return {
    pattern: (fits) => [...gone].some((tag) => fits(tag) !== (into !== undefined && fits(into))),
    number: type !== 'tag.rename',
    holder: (tag) => type !== 'tag.rename' && (gone.has(tag) || tag === into),
  }
}

/** Whether a contact has a tag, it is declared or listed, or a rule names it. */
function isKnown(state: EngineState, tag: string): boolean {
  return (
    (state.store.tags.contactsNow(tag)?.count ?? 0) > 0 ||
    state.catalogue.get(tag) !== undefined ||
    [...state.catalogue.groups.all()].some(({ tags }) => tags?.includes(tag) === true) ||
    readersByName(state, new Set([tag])).length > 0
  )
}

function checkKnown(state: EngineState, tag: string, change: Retagging): void {
  if (isKnown(state, tag)) return
  const names = [...state.store.tags.counts()].map((each) => each.tag)
  const nearest = nearestName(tag, [...names, ...[...state.catalogue.declared()].map((each) => each.tag)])
  throw new CoterieError('TAG_UNKNOWN', `There is no tag ${JSON.stringify(tag)}`, {
    path: [change.type === 'tag.delete' ? 'tags' : 'from'],
    received: tag,
    expected: nearest ?? 'a tag that a contact has, that is declared, or that a rule names',
  })
}

function checkFree(state: EngineState, tag: string): void {
  if (!isKnown(state, tag)) return
  throw new CoterieError('TAG_IN_USE', `There is a tag ${JSON.stringify(tag)} already`, {
    path: ['to'],
    received: tag,
    expected: 'a name that nothing has; tag.merge makes two tags one',
  })
}

/**
 * The tag that stands for merged ones comes into the exclusive groups that list these. Who has it may have others of such a
 * group, and which of them should stay nobody has said.
 */
function checkJoined(state: EngineState, gone: ReadonlySet<string>, into: string): void {
  const joined = [...state.catalogue.groups.all()].filter(
    (group) => group.exclusive === true && group.tags?.some((tag) => gone.has(tag)) && !isInGroup(group, into),
  )
  if (joined.length === 0) return
  for (const ordinal of holdersOf(state, new Set([into]))) {
    for (const { tag } of state.store.tags.of(ordinal)) {
      const group = gone.has(tag) ? undefined : joined.find((each) => isInGroup(each, tag))
      if (group === undefined) continue
      throw new CoterieError(
        'TAG_GROUP_OVERLAP',
        `In the group ${JSON.stringify(group.group)} the tag would exclude ${JSON.stringify(tag)}, which somebody has too`,
        { path: ['into'], received: into, expected: 'a tag that nobody has beside another of the group' },
      )
    }
  }
}

function holdersOf({ store }: EngineState, tags: ReadonlySet<string>): readonly number[] {
  const found = new Set<number>()
  for (const tag of tags) store.tags.contactsNow(tag)?.forEach((ordinal) => void found.add(ordinal))
  return [...found]
    .filter((ordinal) => store.directory.ordinalOf(store.directory.idOf(ordinal)) === ordinal)
    .sort((a, b) => store.directory.placeOf(a) - store.directory.placeOf(b))
}
