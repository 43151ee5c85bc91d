import type { ValueInput } from '../changes/input.js'
import type { ContactEvent } from '../contacts/event.js'
import type { EventInput } from '../contacts/read-event.js'
import type { RecordInput } from '../contacts/read-record.js'
import type { ContactRecord } from '../contacts/record.js'
import type { Value } from '../contacts/value.js'
import type { Rule } from '../rules/ast.js'

/**
 * What becomes of what does not fit another schema. Each part is asked only for that: it gives what stands there from now on, or
 * `null` to let it go, or `undefined` to leave it, which refuses the opening. A part that is left out leaves everything.
 */
export interface Migration {
  /** An attribute's name and value of a contact: another name, another value, or both. */
  attribute?(
    name: string,
    value: Value,
    contactId: string,
  ): readonly [name: string, value: ValueInput] | null | undefined
  /** An event of a contact. */
  event?(event: ContactEvent, contactId: string): EventInput | null | undefined
  /** A record of a contact, with the collection that it is in. */
  record?(
    collection: string,
    record: ContactRecord,
    contactId: string,
  ): readonly [collection: string, record: RecordInput] | null | undefined
  /** A rule of a segment: its own, or that by which members of a damped one stay. It is needed, so it cannot be let go. */
  rule?(rule: Rule, segmentId: string): Rule | undefined
}
