import { fieldOf, type Field, type RecordsField, type Schema, type Shape } from '../contacts/schema.js'
import { typeOf, type ValueType } from '../contacts/value.js'
import { isLiteral, type Items, type Operand } from '../rules/ast.js'
import { commonTypes, everyType } from '../rules/side-types.js'
import { anyNumber, counted, type NumberRange } from './number-atoms.js'

/** What is known of names: the schema, and inside a `where` the fields of the item; left out, anything can be in them. */
export interface Names {
  readonly schema: Schema | undefined
  readonly item?: ItemNames | undefined
}

/** The items that a condition is about. */
export interface ItemNames {
  readonly shape: Shape | undefined
  /** Whether it has an id of its own: a record that is not inside another. */
  readonly hasId: boolean
}

/** What an operand can be. */
export interface Possible {
  readonly types: readonly ValueType[]
  /** Whether it is never missing. */
  readonly isAlways: boolean
  readonly field?: Field | undefined
  readonly range?: NumberRange
}

const anything: Possible = Object.freeze({ types: everyType, isAlways: false })
const aCount: Possible = Object.freeze<Possible>({ types: ['number'], isAlways: true, range: counted })
const aNumber: Possible = Object.freeze<Possible>({ types: ['number'], isAlways: false, range: anyNumber })
const ordered: readonly ValueType[] = ['number', 'instant', 'day']
const dates: readonly ValueType[] = ['instant', 'day']
const scalars: readonly ValueType[] = ['text', 'number', 'boolean', 'instant', 'day']

/** What an operand can be of a contact whose values fit the schema. */
export function possibleValues(operand: Operand, names: Names): Possible {
  if (isLiteral(operand)) return { types: [typeOf(operand)], isAlways: true }
  switch (operand.get) {
    case 'attribute':
      return ofField(names.schema === undefined ? undefined : fieldOf(names.schema.attributes, operand.name))
    case 'property':
      if (operand.name === 'id' && names.item?.hasId === true) return { types: ['text'], isAlways: false }
      return ofField(fieldOf(names.item?.shape, operand.name))
    case 'contactId':
      return { types: ['text'], isAlways: true }
    case 'tagAdded':
      return { types: ['instant'], isAlways: false }
    case 'tagCount':
    case 'count':
    case 'distinct':
    case 'distinctPeriods':
      return aCount
    case 'length':
      return { types: ['number'], isAlways: false, range: counted }
    case 'times':
    case 'dividedBy':
    case 'average':
    case 'sum':
      return aNumber
    case 'plus':
    case 'minus':
      return { types: commonTypes(possibleValues(operand.left, names).types, ordered), isAlways: false }
    case 'later':
    case 'earlier':
      return { types: commonTypes(possibleValues(operand.of, names).types, dates), isAlways: false }
    case 'minimum':
    case 'maximum':
      return ofItems(operand.of, operand.value, ordered, names)
    case 'mostFrequent':
      return ofItems(operand.of, operand.value, scalars, names)
    case 'first':
    case 'last':
    case 'nth':
      if (operand.value === undefined) return { types: ['instant'], isAlways: false }
      return ofItems(operand.of, operand.value, everyType, names)
  }
}

function ofField(field: Field | undefined): Possible {
  return field === undefined ? anything : { types: [field.type], isAlways: false, field }
}

function ofItems(of: Items, value: Operand, allowed: readonly ValueType[], names: Names): Possible {
  const { types, field } = possibleValues(value, itemNames(of, names))
  return { types: commonTypes(types, allowed), isAlways: false, field }
}

/** What is known inside a `where` over items. */
export function itemNames(of: Items, { schema, item }: Names): Names {
  if ('events' in of) return { schema, item: { shape: own(schema?.events, of.events), hasId: false } }
  const [collection = '', ...inner] = of.records
  let shape = item === undefined ? own(schema?.records, collection) : recordsIn(item.shape, collection)
  for (const name of inner) shape = recordsIn(shape, name)
  return { schema, item: { shape, hasId: item === undefined && inner.length === 0 } }
}

function recordsIn(shape: Shape | undefined, name: string): Shape | undefined {
  const found: Field | RecordsField | undefined = own(shape, name)
  return found?.type === 'records' ? found.fields : undefined
}

function own<T>(names: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return names !== undefined && Object.hasOwn(names, name) ? names[name] : undefined
}
