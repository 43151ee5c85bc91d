import { sameValue, type Value } from './value.js'

/** A record, or a record inside one, by the names of its fields: values, and lists of records inside. */
export interface RecordFields {
  readonly [name: string]: Value | readonly RecordFields[]
}

/** A keyed row of one of a contact's collections: its `id`, unique there, beside its fields. */
export interface ContactRecord extends RecordFields {
  readonly id: string
}

/** The value of a record's field; `undefined` where it is missing, or holds records. */
export function fieldValue(record: RecordFields, name: string): Value | undefined {
  const held = Object.hasOwn(record, name) ? record[name] : undefined
  return held === undefined || holdsRecords(held) ? undefined : held
}

/** The records inside a record under a name; none where there are none. */
export function innerRecords(record: RecordFields, name: string): readonly RecordFields[] {
  const held = Object.hasOwn(record, name) ? record[name] : undefined
  return held !== undefined && holdsRecords(held) ? held : []
}

function holdsRecords(held: Value | readonly RecordFields[]): held is readonly RecordFields[] {
  return Array.isArray(held) && typeof held[0] === 'object'
}

/** Whether two records, or the properties of two events, have the same fields with the same values. */
export function sameFields(a: RecordFields, b: RecordFields): boolean {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameField(a[name], b[name]))
  )
}

function sameField(a: RecordFields[string] | undefined, b: RecordFields[string] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  if (!holdsRecords(a)) return !holdsRecords(b) && sameValue(a, b)
  return holdsRecords(b) && a.length === b.length && a.every((inner, place) => sameFields(inner, b[place] ?? {}))
}
