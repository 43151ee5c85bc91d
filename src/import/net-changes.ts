import type { ChangeInput, ValueInput } from '../changes/input.js'
import { sameValue, type Value } from '../contacts/value.js'

/** What a contact had when the batch began. */
interface Before {
  readonly isThere: boolean
  readonly attributes: ReadonlyMap<string, Value>
}

/** A contact as the rows so far make it. */
export interface Changing {
  readonly id: string
  readonly isThere: boolean
  readonly attributes: ReadonlyMap<string, Value>
}

/**
 * The changes that the rows of a batch come down to: at most one for each contact. Rows that contradict each other, the
 * later saying back what the earlier said away, come down to nothing, so a file that holds such rows can be imported
 * again and changes nothing.
 */
export class NetChanges {
  readonly #mode: 'patch' | 'put'
  #before = new Map<Changing, Before>()

  constructor(mode: 'patch' | 'put') {
    this.#mode = mode
  }

  /** Notes a contact as it is, before a row changes it. */
  note(contact: Changing): void {
    if (this.#before.has(contact)) return
    this.#before.set(contact, { isThere: contact.isThere, attributes: new Map(contact.attributes) })
  }

  /** The changes from what was noted to what is. */
  take(): ChangeInput[] {
    const changes: ChangeInput[] = []
    for (const [contact, before] of this.#before) {
      const patch = differences(before.attributes, contact.attributes)
      const { id, attributes } = contact
      if (before.isThere && patch.size === 0) continue
      const isPut = !before.isThere || this.#mode === 'put'
      changes.push({
        type: isPut ? 'contact.put' : 'contact.patch',
        contact: id,
        attributes: recordOf(isPut ? attributes : patch),
      })
    }
    this.#before = new Map()
    return changes
  }
}

/** Whether an attribute that is `before` would change by becoming `after`; undefined is missing. */
export function differs(before: Value | undefined, after: Value | undefined): boolean {
  if (before === undefined || after === undefined) return before !== after
  return !sameValue(before, after)
}

function differences(
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value | null> {
  const changes = new Map<string, Value | null>()
  for (const [name, value] of after) if (differs(before.get(name), value)) changes.set(name, value)
  for (const name of before.keys()) if (!after.has(name)) changes.set(name, null)
  return changes
}

/** An object of attributes; one named `__proto__` is a property like any other. */
function recordOf(attributes: ReadonlyMap<string, Value | null>): Readonly<Record<string, ValueInput>> {
  return Object.fromEntries(attributes)
}
