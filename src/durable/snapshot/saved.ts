import type { SegmentDamping, SegmentDescription, SegmentHolds, SegmentKind } from '../../changes/change.js'
import type { HeldTotal } from '../../contacts/folded.js'
import type { Rule } from '../../rules/ast.js'
import type { Slot } from '../../segments/segment.js'
import type { SavedDirectory } from '../../store/directory.js'
import type { DeclaredTag } from '../../tags/tag-catalogue.js'
import type { TagGroupDefinition } from '../../tags/tag-groups.js'
import type { SavedTrail } from '../../tags/tag-trail.js'
import type { Cursor, Mark } from '../record.js'
import type { World } from '../world.js'

/*
 * The JSON of a snapshot's sections that are not columns.
 */

/** What stands beside the engine. */
export interface SavedBeside {
  readonly world: World
  readonly cursors: Readonly<Record<string, Cursor>>
  readonly marks: readonly Mark[]
}

/** What is not of contacts and not of segments. */
export interface SavedHead extends SavedBeside {
  readonly now: number
  readonly revision: number
  readonly seq: number
  /** How many places segments were given, and numbers events. */
  readonly places: number
  readonly arrivals: number
  /** The catalogue of tags, in order, and their trail. */
  readonly declaredTags: readonly DeclaredTag[]
  readonly tagGroups: readonly TagGroupDefinition[]
  readonly trail: SavedTrail
  /** How far each type of events is folded, and which totals of it are kept. */
  readonly folded: readonly { readonly type: string; readonly before: number; readonly keys: readonly string[] }[]
}

/** Who is there; the places stand in an array behind it. */
export type SavedContacts = Omit<SavedDirectory, 'places'>

/** What is left of folded events: by ordinal and type how many there were, and their totals by key. */
export type SavedFolded = readonly (readonly [
  ordinal: number,
  type: string,
  events: number,
  totals: readonly (readonly [string, HeldTotal])[],
])[]

/** A segment; its visits, and then the last moves of a damped one, stand in arrays behind it. */
export interface SavedSegment {
  readonly id: string
  readonly place: number
  readonly kind: SegmentKind
  readonly rule?: Rule
  /** Of a damped one. */
  readonly damping?: SegmentDamping
  readonly description: SegmentDescription
  /** The tag that it holds. */
  readonly holds?: SegmentHolds
  /** Where its members are. */
  readonly slot: number
  readonly include: readonly (readonly [number, Slot])[]
  readonly exclude: readonly (readonly [number, Slot])[]
  /** How many visits there are; left out where it keeps none. */
  readonly visits?: number
  /** How many contacts of a damped one ever moved. */
  readonly moves?: number
}
