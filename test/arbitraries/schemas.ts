import fc from 'fast-check'
import { defineSchema, field, type Field, type Schema } from '../../src/contacts/schema.js'
import { choices, kinds, type Kind } from './values.js'

/** The attributes there can be, by what they hold. */
export interface AttributeKinds {
  readonly [name: string]: Kind
}

/** A schema of attributes, beside what it was made from. */
export interface TypedSchema {
  readonly kinds: AttributeKinds
  readonly schema: Schema & { readonly attributes: { readonly [name: string]: Field } }
}

/** The names attributes have; the last one is there to find objects that are used as maps. */
export const attributeNames: readonly string[] = Object.freeze(['a', 'b', 'c', 'd', 'e', '__proto__'])

const happening = { amount: field.number(), product: field.text() }

/** What every schema knows of events and records. */
const history = {
  events: { visit: happening, purchase: happening },
  records: {
    deals: {
      value: field.number(),
      open: field.boolean(),
      closesAt: field.instant(),
      lines: field.records({ n: field.number() }),
    },
  },
}

/** A schema with one to six attributes of any kinds. Shrinks towards few texts. */
export function schemas(): fc.Arbitrary<TypedSchema> {
  const attribute = fc.tuple(fc.constantFrom(...attributeNames), fc.constantFrom(...kinds))
  return fc
    .uniqueArray(attribute, { selector: ([name]) => name, minLength: 1, maxLength: attributeNames.length })
    .map((attributes) => typedSchema(Object.fromEntries(attributes)))
}

/** One attribute of each kind, named by it: for tests that want every operator to have something to speak of. */
export const fullSchema: TypedSchema = typedSchema(Object.fromEntries(kinds.map((kind) => [kind, kind])))

/** The schema whose attributes are of these kinds. */
export function typedSchema(attributes: AttributeKinds): TypedSchema {
  const fields = Object.fromEntries(Object.entries(attributes).map(([name, kind]) => [name, fieldOf(kind)]))
  return Object.freeze({ kinds: Object.freeze(attributes), schema: defineSchema({ attributes: fields, ...history }) })
}

function fieldOf(kind: Kind): Field {
  switch (kind) {
    case 'choice':
      return field.oneOf(...choices)
    case 'texts':
      return field.list(field.text())
    case 'numbers':
      return field.list(field.number())
    default:
      return field[kind]()
  }
}
