import { CoterieError } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import type { Outcome } from '../changes/receipt.js'
import type { TagDefine, TagGroup, TagUngroup } from '../changes/tag-changes.js'
import type { DeclaredTag } from '../tags/tag-catalogue.js'
import type { TagGroupDefinition } from '../tags/tag-groups.js'
import { leaveOne, tagsInGroup } from './put-tag.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/** Declares a tag, or says more of one that is declared. */
export function defineTag(state: EngineState, transaction: Transaction, change: TagDefine): Outcome {
  const { catalogue } = state
  const known = catalogue.get(change.tag)
  const { name, description, when, kind, colour } = change
  const given = Object.entries({ name, description, when, kind, colour }).filter(([, value]) => value !== undefined)
  const parts = Object.entries<unknown>({ ...known, ...Object.fromEntries(given) }).filter(
    ([, value]) => value !== null,
  )
  const declared = Object.freeze({ ...Object.fromEntries(parts), tag: change.tag }) as DeclaredTag
  const changed = JSON.stringify(declared) !== JSON.stringify(known)
  if (changed) transaction.draft.onRollback(catalogue.set(change.tag, declared))
  return { type: change.type, tag: change.tag, created: known === undefined, changed }
}

/**
 * Defines a group of tags. Where it is exclusive, whoever has several of its tags is left one.
 *
 * @throws CoterieError `TAG_GROUP_OVERLAP` where a tag would be in two exclusive groups; `CHANGE_INVALID` where it could hold none.
 */
export function groupTags(state: EngineState, transaction: Transaction, change: TagGroup): Outcome {
  const { groups } = state.catalogue
  if (change.prefix === undefined && change.tags === undefined) {
    throw new CoterieError('CHANGE_INVALID', `The group ${JSON.stringify(change.group)} could hold no tag`, {
      path: ['tags'],
      received: 'neither tags nor a prefix',
      expected: 'tags, a prefix, or both',
    })
  }
  const known = groups.get(change.group)
  const group = definitionOf(change)
  const changed = JSON.stringify(group) !== JSON.stringify(known)
  if (changed) transaction.draft.onRollback(groups.set(change.group, group))
  if (changed && (group.exclusive === true || known?.exclusive === true)) transaction.held.regroup()
  if (changed && group.exclusive === true) {
    for (const ordinal of state.store.directory.inOrder()) {
      if (transaction.draft.touchedAt(ordinal)?.removed === true || tagsInGroup(state, ordinal, group).length < 2)
        continue
      transaction.touch(ordinal, 'tag', change)
      leaveOne(state, transaction, ordinal, group)
    }
  }
  return { type: change.type, group: change.group, created: known === undefined, changed }
}

/**
 * Takes a group away.
 *
 * @throws CoterieError `TAG_GROUP_UNKNOWN`.
 */
export function ungroupTags(state: EngineState, transaction: Transaction, change: TagUngroup): Outcome {
  const { groups } = state.catalogue
  if (groups.get(change.group) === undefined) {
    const names = [...groups.all()].map(({ group }) => group)
    const nearest = nearestName(change.group, names)
    throw new CoterieError('TAG_GROUP_UNKNOWN', `There is no group of tags ${JSON.stringify(change.group)}`, {
      path: ['group'],
      received: change.group,
      expected: nearest ?? 'a group that was defined',
    })
  }
  transaction.draft.onRollback(groups.set(change.group, undefined))
  transaction.held.regroup()
  return { type: change.type, group: change.group }
}

function definitionOf({ group, name, description, prefix, tags, exclusive }: TagGroup): TagGroupDefinition {
  return Object.freeze({
    group,
    ...(name === undefined ? undefined : { name }),
    ...(description === undefined ? undefined : { description }),
    ...(prefix === undefined ? undefined : { prefix }),
    ...(tags === undefined ? undefined : { tags }),
    ...(exclusive === true ? { exclusive } : undefined),
  })
}
