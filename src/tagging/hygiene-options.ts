import { show } from '../base/errors.js'
import { checkWhole, optionInvalid, plainOptions } from '../engine/arguments.js'
import { findingKinds, type TagFindingKind } from './finding.js'
import { namingOf, type Naming, type NamingConvention } from './naming.js'
import type { TagUser } from './tag-use.js'

/** How tags are looked over. */
export interface TagHygieneOptions {
  /** How tags are to be written; left out, any way. */
  readonly tagNames?: NamingConvention
  /** How the names of segments are to be written; left out, any way. */
  readonly segmentNames?: NamingConvention
  /** How many tags a contact may have. Default 25. */
  readonly mostTags?: number
  /** What uses tags beside the segments: automations, pages, campaigns. */
  readonly users?: Iterable<TagUser>
  /** What to look for. Default everything. */
  readonly kinds?: readonly TagFindingKind[]
}

/** Options that were read. */
export interface ReadHygieneOptions {
  readonly tagNames: Naming | undefined
  readonly segmentNames: Naming | undefined
  readonly mostTags: number
  readonly users: readonly TagUser[]
  readonly kinds: ReadonlySet<TagFindingKind>
}

/** Reads the options. Throws `OPTION_INVALID`, `PATTERN_INVALID`. */
export function readHygieneOptions(given: TagHygieneOptions): ReadHygieneOptions {
  const { tagNames, segmentNames, mostTags = 25, users = [], kinds = findingKinds } = plainOptions('options', given)
  checkWhole('mostTags', mostTags, 0)
  for (const kind of kinds) {
    if (!findingKinds.includes(kind)) throw optionInvalid('kinds', show(kind), findingKinds.join(', '))
  }
  return {
    tagNames: tagNames === undefined ? undefined : namingOf('tagNames', tagNames),
    segmentNames: segmentNames === undefined ? undefined : namingOf('segmentNames', segmentNames),
    mostTags,
    users: [...users],
    kinds: new Set(kinds),
  }
}
