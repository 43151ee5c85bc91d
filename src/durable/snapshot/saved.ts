import type { SegmentDescription, SegmentKind } from '../../changes/change.js'
import type { HeldTag } from '../../contacts/tag.js'
import type { HeldEvent } from '../../contacts/event.js'
import type { HeldTotal } from '../../contacts/folded.js'
import type { ContactRecord } from '../../contacts/record.js'
import type { Value } from '../../contacts/value.js'
import type { Rule } from '../../rules/ast.js'
import type { Slot } from '../../segments/segment.js'
import type { SavedDirectory } from '../../store/directory.js'
import type { DeclaredTag } from '../../tags/tag-catalogue.js'
import type { TagGroupDefinition } from '../../tags/tag-groups.js'
import type { SavedTrail } from '../../tags/tag-trail.js'
import type { Cursor, Mark } from '../record.js'
import type { World } from '../world.js'

/*
 * What a snapshot says, as plain data: who wrote it at which point, all contacts, all segments with their members.
 */

/** What stands beside contacts and segments. */
export interface SavedHead {
  readonly now: number
  readonly revision: number
  readonly seq: number
  readonly world: World
  readonly cursors: Readonly<Record<string, Cursor>>
  readonly marks: readonly Mark[]
  readonly directory: SavedDirectory
  /** How many places segments were given, and numbers events. */
  readonly places: number
  readonly arrivals: number
  /** The catalogue of tags, in order, and their trail. */
  readonly declaredTags: readonly DeclaredTag[]
  readonly tagGroups: readonly TagGroupDefinition[]
  readonly trail: SavedTrail
  readonly folded: readonly { readonly type: string; readonly before: number; readonly keys: readonly string[] }[]
}

/** A contact with all that it has. */
export interface SavedContact {
  readonly ordinal: number
  readonly attributes: readonly (readonly [string, Value])[]
  readonly tags?: readonly HeldTag[]
  /** By type, in order. */
  readonly events?: readonly (readonly [string, readonly Omit<HeldEvent, 'type'>[]])[]
  /** The ids of events that were taken out. */
  readonly removedEvents?: readonly string[]
  readonly records?: readonly (readonly [string, readonly ContactRecord[]])[]
  readonly folded?: readonly (readonly [
    type: string,
    events: number,
    totals: readonly (readonly [string, HeldTotal])[],
  ])[]
}

/** A segment with its members, all by ordinal. */
export interface SavedSegment {
  readonly id: string
  readonly place: number
  readonly kind: SegmentKind
  readonly rule?: Rule
  readonly description: SegmentDescription
  readonly members: readonly number[]
  readonly include: readonly (readonly [number, Slot])[]
  readonly exclude: readonly (readonly [number, Slot])[]
  /** Left out where it keeps none. */
  readonly visits?: readonly (readonly [ordinal: number, count: number, since: number])[]
}
