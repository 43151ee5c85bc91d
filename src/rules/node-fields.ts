import type { FieldKind, OperandRow } from './operator-table.js'

/** A JSON field of a node, as its row of the operator table has it. */
export interface NodeField {
  readonly name: string
  readonly kind: FieldKind
  /** Whether it may be left out. */
  readonly optional: boolean
}

const known = /* @__PURE__ */ new Map<object, readonly NodeField[]>()

/** The JSON fields of a row of the table besides `op` or `get`, in the order in which they are written. */
export function nodeFields(row: Pick<OperandRow, 'fields'>): readonly NodeField[] {
  const found = known.get(row)
  if (found !== undefined) return found
  const fields = Object.entries(row.fields).map(([name, kind]) => ({
    name,
    kind: kind.replace('?', '') as FieldKind,
    optional: kind.endsWith('?'),
  }))
  known.set(row, fields)
  return fields
}
