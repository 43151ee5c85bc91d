import type { Path } from '../base/errors.js'
import { reportUnknownAttribute } from '../contacts/read-attributes.js'
import { fieldOf, type Field } from '../contacts/schema.js'
import { propertyField, unknownItem } from './item-scope.js'
import type { RuleReading } from './rule-reading.js'

/** The field that an operand names, `any` where it is not known. Undefined, and reported, where there is no such field. */
export type FieldOfName = (name: string, reading: RuleReading, path: Path) => Field | 'any' | undefined

/** The attribute of that name. */
export const fieldOfAttribute: FieldOfName = (name, reading, path) => {
  if (reading.schema === undefined) return 'any'
  const field = fieldOf(reading.schema.attributes, name)
  if (field === undefined) reportUnknownAttribute(name, reading, path)
  return field
}

/** The property of that name of the event or record that is read about. */
export const fieldOfProperty: FieldOfName = (name, reading, path) =>
  propertyField(name, reading.item ?? unknownItem, reading, path)
