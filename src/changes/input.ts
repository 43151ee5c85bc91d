import type { DurationInput } from '../base/duration.js'
import type { EventInput } from '../contacts/read-event.js'
import type { RecordInput } from '../contacts/read-record.js'
import type { Holder } from '../contacts/tag.js'
import type { DayValue, InstantValue, Value } from '../contacts/value.js'
import type { Rule } from '../rules/ast.js'
import type { Change, ContactName, SegmentDescription, SegmentHolds, SegmentKind } from './change.js'

/** A value as people write it: where the schema says what a field is, a plain text or number is read as that. */
export type ValueInput = Value | Date | { readonly instant: string } | null | undefined

/** Attributes as people write them; `null` and `undefined` mean missing. */
export type AttributesInput = Readonly<Record<string, ValueInput>>

/** An instant as people write it: a `Date`, milliseconds, or a written date. */
export type InstantInput = Date | number | string | InstantValue | { readonly instant: string }

/** A day as people write it. */
export type DayInput = string | DayValue

/** One contact, or several. */
export type ContactsInput = ContactName | readonly ContactName[]

/** What makes a damped segment slower than its rule, as people write it. */
export interface DampingInput {
  /** The rule by which members stay; left out, the segment's rule. Nobody enters for whom it does not hold. */
  readonly stay?: Rule
  /** How long who entered stays in any case: an exact duration. */
  readonly minimumStay?: DurationInput
  /** How long who left stays out in any case: an exact duration. */
  readonly coolDown?: DurationInput
}

/**
 * A segment as people define it. The kind follows from what is given: with any part of a damped one damped, else with a rule
 * dynamic, without one static.
 */
export interface SegmentInput extends SegmentDescription {
  readonly id: string
  readonly kind?: SegmentKind
  readonly rule?: Rule
  /** Of a damped segment: see {@link DampingInput}. `null` takes a part away. */
  readonly stay?: Rule | null
  readonly minimumStay?: DurationInput | null
  readonly coolDown?: DurationInput | null
  readonly contacts?: readonly ContactName[]
  readonly visits?: boolean
  /** The tag that it puts on its members: held as long as they are members, or with `once` put on when they enter. */
  readonly holds?: string | SegmentHolds | null
}

/** Who puts a tag on, as people write it: a kind, or a kind and a name. Default a person. */
export type HolderInput = Holder['kind'] | Holder

/** A change as people write it; {@link Change} is what it is read into. */
export type ChangeInput =
  | Exclude<
      Change,
      {
        readonly type:
          | 'contact.put'
          | 'contact.patch'
          | 'tag.add'
          | 'tag.remove'
          | 'tag.merge'
          | 'tag.delete'
          | 'event.record'
          | 'event.correct'
          | 'event.fold'
          | 'record.put'
          | 'segment.define'
          | 'segment.convert'
          | `member.${string}`
          | 'clock.advance'
      }
    >
  | { readonly type: 'contact.put'; readonly contact: ContactName; readonly attributes?: AttributesInput }
  | { readonly type: 'contact.patch'; readonly contact: ContactName; readonly attributes: AttributesInput }
  | {
      readonly type: 'tag.add'
      readonly contacts: ContactsInput
      readonly tags: string | readonly string[]
      readonly holder?: HolderInput
    }
  | {
      readonly type: 'tag.remove'
      readonly contacts: ContactsInput
      readonly tags: string | readonly string[]
      readonly holder?: HolderInput
      readonly by?: string
    }
  | {
      readonly type: 'tag.merge'
      readonly from: string | readonly string[]
      readonly into: string
      readonly force?: boolean
    }
  | { readonly type: 'tag.delete'; readonly tags: string | readonly string[]; readonly force?: boolean }
  | { readonly type: 'event.record'; readonly contact: ContactName; readonly event: EventInput }
  | {
      readonly type: 'event.correct'
      readonly contact: ContactName
      readonly id: string
      readonly event: Omit<EventInput, 'id'>
    }
  | { readonly type: 'event.fold'; readonly before: InstantInput }
  | {
      readonly type: 'record.put'
      readonly contact: ContactName
      readonly collection: string
      readonly record: RecordInput
    }
  | ({ readonly type: 'segment.define' } & SegmentInput)
  | ({
      readonly type: 'segment.convert'
      readonly segment: string
      readonly kind: SegmentKind
      readonly rule?: Rule
    } & DampingInput)
  | {
      readonly type: 'member.include' | 'member.exclude'
      readonly segment: string
      readonly contacts: ContactsInput
      readonly reason?: string
      readonly until?: InstantInput
    }
  | {
      readonly type: 'member.reset'
      readonly segment: string
      readonly contacts: ContactsInput
      readonly slot?: 'include' | 'exclude'
    }
  | { readonly type: 'clock.advance'; readonly to: InstantInput }
