import { formatDay, readDay } from '../base/civil.js'
import { isDay, isInstant, typeOf, type ListValue, type Value, type ValueType } from '../contacts/value.js'
import { TextDictionary } from './text-dictionary.js'

/*
 * One attribute of all contacts, by ordinal: a byte for the type, 0 where the value is missing, and a double for the
 * value itself (a number, 0 or 1, milliseconds, days since 1970, or a code of the dictionary of texts). Lists, which
 * are rare, stand in a map. Nine bytes a contact, whatever the attribute holds, and no object kept per value.
 */

const missing = 0
const types: readonly ValueType[] = ['text', 'number', 'boolean', 'instant', 'day', 'list']
const codeOf: Readonly<Record<ValueType, number>> = { text: 1, number: 2, boolean: 3, instant: 4, day: 5, list: 6 }

/** The values of one attribute, by the ordinals of the contacts. */
export class Column {
  #types = new Uint8Array(16)
  #values = new Float64Array(16)
  readonly #texts = new TextDictionary()
  readonly #lists = new Map<number, ListValue>()
  #count = 0

  /** How many contacts have a value here. */
  get count(): number {
    return this.#count
  }

  /** The value at an ordinal, or `undefined` where it is missing. */
  get(ordinal: number): Value | undefined {
    const type = types[(this.#types[ordinal] ?? missing) - 1]
    const value = this.#values[ordinal] ?? 0
    if (type === undefined) return undefined
    switch (type) {
      case 'text':
        return this.#texts.text(value)
      case 'number':
        return value
      case 'boolean':
        return value === 1
      case 'instant':
        return Object.freeze({ instant: value })
      case 'day':
        return Object.freeze({ day: formatDay(value) })
      case 'list':
        return this.#lists.get(ordinal)
    }
  }

  /** Writes a value, or takes it away with `undefined`. */
  set(ordinal: number, value: Value | undefined): void {
    this.#clear(ordinal)
    if (value === undefined) return
    if (ordinal >= this.#types.length) this.#grow(ordinal + 1)
    this.#types[ordinal] = codeOf[typeOf(value)]
    this.#values[ordinal] = this.#coded(ordinal, value)
    this.#count += 1
  }

  #coded(ordinal: number, value: Value): number {
    if (typeof value === 'string') return this.#texts.retain(value)
    if (typeof value === 'number') return value
    if (typeof value === 'boolean') return value ? 1 : 0
    if (isInstant(value)) return value.instant
    if (isDay(value)) return readDay(value.day) ?? Number.NaN
    this.#lists.set(ordinal, value)
    return 0
  }

  #clear(ordinal: number): void {
    const type = this.#types[ordinal] ?? missing
    if (type === missing) return
    if (type === codeOf.text) this.#texts.release(this.#values[ordinal] ?? 0)
    if (type === codeOf.list) this.#lists.delete(ordinal)
    this.#types[ordinal] = missing
    this.#count -= 1
  }

  #grow(needed: number): void {
    const size = Math.max(needed, this.#types.length * 2)
    const grownTypes = new Uint8Array(size)
    const grownValues = new Float64Array(size)
    grownTypes.set(this.#types)
    grownValues.set(this.#values)
    this.#types = grownTypes
    this.#values = grownValues
  }
}
