import { lowerCase } from '../base/text.js'
import { fieldOf, type Field, type Schema, type Shape } from '../contacts/schema.js'
import type { KnownShape } from '../contacts/shapes.js'
import type { LanguageOptions } from './language-options.js'

/** What a condition is about: the contact, or an event or record and what is known of its fields. */
export interface Scope {
  readonly about: 'contact' | 'event' | 'record'
  readonly shape: KnownShape
  /** What the event or record is called. */
  readonly name: string
  /** How deep in a collection a record stands, from 1; 0 for all else. */
  readonly level: number
}

/** The contact itself. */
export const contactScope: Scope = Object.freeze({ about: 'contact', shape: {}, name: '', level: 0 })

/** An event or record of which nothing is known yet. */
export const unknownScope: Scope = Object.freeze({ about: 'record', shape: 'any', name: '', level: 0 })

/** The names that a text may use: those of the schema, the tags and the segments. */
export class KnownNames {
  readonly schema: Schema | undefined
  readonly tags: readonly string[]
  readonly #segments: ReadonlyMap<string, string | undefined> | undefined

  constructor({ schema, tags, segments }: LanguageOptions) {
    this.schema = schema
    this.tags = [...(tags ?? [])]
    if (segments === undefined) return
    const named = [...segments].map((one) => (typeof one === 'string' ? { id: one, name: undefined } : one))
    this.#segments = new Map(named.map(({ id, name }) => [id, name]))
  }

  attribute(name: string): Field | undefined {
    return fieldOf(this.schema?.attributes, name)
  }

  attributes(): readonly string[] {
    return Object.keys(this.schema?.attributes ?? {})
  }

  event(type: string): Shape | undefined {
    const { events = {} } = this.schema ?? {}
    return Object.hasOwn(events, type) ? events[type] : undefined
  }

  events(): readonly string[] {
    return Object.keys(this.schema?.events ?? {})
  }

  /** The records of a name in the contact, or in the record that a condition is about. */
  records(name: string, { about, shape }: Scope): KnownShape | undefined {
    if (this.schema === undefined || shape === 'any') return 'any'
    if (about === 'contact') {
      const { records = {} } = this.schema
      return Object.hasOwn(records, name) ? records[name] : undefined
    }
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined
    return field?.type === 'records' ? field.fields : undefined
  }

  collections({ about, shape }: Scope): readonly string[] {
    if (about === 'contact') return Object.keys(this.schema?.records ?? {})
    return shape === 'any' ? [] : Object.keys(shape).filter((name) => shape[name]?.type === 'records')
  }

  /** The property of that name, `any` where the fields are not known. */
  property(name: string, { about, shape, level }: Scope): Field | 'any' | undefined {
    if (about === 'contact') return undefined
    if (shape === 'any') return 'any'
    return level === 1 && name === 'id' ? { type: 'text' } : fieldOf(shape, name)
  }

  properties({ about, shape, level }: Scope): readonly string[] {
    if (about === 'contact') return []
    if (shape === 'any') return this.#allProperties()
    const named = Object.keys(shape).filter((name) => shape[name]?.type !== 'records')
    return level === 1 ? ['id', ...named] : named
  }

  /** Those of all events and records, where it is not known yet which are spoken of. */
  #allProperties(): readonly string[] {
    const { events = {}, records = {} } = this.schema ?? {}
    const shapes = [...Object.values<Shape>(events), ...Object.values<Shape>(records)]
    return [...new Set(shapes.flatMap(valuesIn))]
  }

  /** The ids that a rule may refer to; undefined where any may be. */
  get segmentIds(): readonly string[] | undefined {
    return this.#segments === undefined ? undefined : [...this.#segments.keys()]
  }

  /** The ids and names by which a text may refer to segments. */
  segmentTexts(): readonly string[] {
    return [...(this.#segments ?? [])].map(([id, name]) => name ?? id)
  }

  /** The id that a text means: an id, or the name of one segment, in any case where there is no other like it. */
  segmentId(text: string): string {
    if (this.#segments === undefined || this.#segments.has(text)) return text
    const named = [...this.#segments].filter(([, name]) => name === text)
    const like = named.length > 0 ? named : [...this.#segments].filter(([, name]) => isLike(name, text))
    return like.length === 1 ? (like[0]?.[0] ?? text) : text
  }
}

/** The names of what has a value, in a shape and in the records inside it. */
function valuesIn(shape: Shape): readonly string[] {
  return Object.entries(shape).flatMap(([name, field]) => (field.type === 'records' ? valuesIn(field.fields) : [name]))
}

function isLike(name: string | undefined, text: string): boolean {
  return name !== undefined && lowerCase(name) === lowerCase(text)
}
