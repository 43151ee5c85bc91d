import { LARGEST_COUNT, WEEKDAYS } from '../base/calendar-period.js'
import { holderKinds } from '../contacts/tag.js'
import { fieldWords } from './field-words.js'
import type { NodeField } from './node-fields.js'
import type { NodeTag } from './node-object.js'
import type { FieldKind } from './operator-table.js'
import { lastPosition, mostDays, periodUnits, samplePlaces } from './read-field.js'
import { calendarUnits, periodParts, type PeriodPart } from './read-period.js'

/** A part of a JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** A definition of the schema, by its name. */
export const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` })

/** A text that is not empty. */
export const someText: JsonSchema = Object.freeze({ type: 'string', minLength: 1 })

const whole = (minimum: number, maximum?: number): JsonSchema => ({
  type: 'integer',
  minimum,
  ...(maximum === undefined ? {} : { maximum }),
})
const dayPattern = '^\\d{4}-\\d\\d-\\d\\d$'
const durationPattern = '^(\\d+(ms|s|m|h|d|w)|P(\\d+[YMWD])*(T(\\d+[HMS])+)?)$'

/** The JSON Schema of a node: its name in `tag`, and its fields. */
export function nodeSchema(tag: NodeTag, name: string, fields: readonly NodeField[], description: string): JsonSchema {
  return {
    description,
    type: 'object',
    properties: {
      [tag]: { const: name },
      ...Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field.kind)])),
    },
    required: [tag, ...fields.filter((field) => !field.optional).map((field) => field.name)],
    additionalProperties: false,
  }
}

/** The JSON Schema of what a field of a node holds. */
export function fieldSchema(kind: FieldKind): JsonSchema {
  const schema = valueSchema(kind)
  return '$ref' in schema ? schema : { description: fieldWords[kind], ...schema }
}

function valueSchema(kind: FieldKind): JsonSchema {
  switch (kind) {
    case 'rule':
    case 'operand':
    case 'period':
    case 'duration':
    case 'items':
    case 'recordItems':
      return ref(kind)
    case 'itemRule':
      return ref('rule')
    case 'itemOperand':
      return ref('operand')
    case 'steps':
      return { type: 'array', items: ref('step'), minItems: 2 }
    case 'rules':
      return { type: 'array', items: ref('rule'), minItems: 1 }
    case 'operands':
      return { type: 'array', items: ref('operand'), minItems: 1 }
    case 'weekday':
      return { enum: WEEKDAYS }
    case 'flag':
      return { type: 'boolean' }
    case 'leapDay':
      return { enum: ['feb28', 'mar1'] }
    case 'timeZone':
      return { type: 'string', pattern: '^[A-Za-z]' }
    case 'name':
    case 'tag':
    case 'segment':
    case 'glob':
      return someText
    case 'tags':
      return { type: 'array', items: someText, minItems: 1 }
    case 'holder':
      return { enum: holderKinds }
    case 'pattern':
      return { type: 'string' }
    case 'place':
      return whole(0, samplePlaces)
    case 'threshold':
      return whole(1)
    case 'dayCount':
      return whole(1, mostDays)
    case 'position':
      return whole(1, lastPosition)
    case 'periodUnit':
      return { enum: periodUnits }
    default: {
      const unreachable: never = kind
      return unreachable
    }
  }
}

/** The definitions that nodes share: literals, instants, durations and periods. */
export function sharedSchemas(): JsonSchema {
  return {
    literal: {
      description:
        'A value that stands for itself. Beside an attribute that the schema knows, a text or number is read as that.',
      anyOf: [
        { type: ['string', 'number', 'boolean'] },
        taggedInstant,
        tagged('day', 'A date without time or zone.', { type: 'string', pattern: dayPattern }),
        { type: 'array', items: { type: 'string' } },
        { type: 'array', items: { type: 'number' } },
      ],
    },
    moment: {
      description: 'An instant, in milliseconds since 1970 or as a written date.',
      anyOf: [{ type: ['number', 'string'] }, taggedInstant],
    },
    duration: { description: fieldWords.duration, type: 'string', pattern: durationPattern },
    period: {
      description: fieldWords.period,
      anyOf: Object.entries(periodParts).map(([name, parts]) => periodSchema(name, parts)),
    },
  }
}

const taggedInstant = /* @__PURE__ */ tagged(
  'instant',
  'An instant, in milliseconds since 1970 or as a written date.',
  { type: ['number', 'string'] },
)

function tagged(tag: string, description: string, value: JsonSchema): JsonSchema {
  return { description, type: 'object', properties: { [tag]: value }, required: [tag], additionalProperties: false }
}

function periodSchema(name: string, parts: readonly PeriodPart[]): JsonSchema {
  return {
    type: 'object',
    properties: { period: { const: name }, ...Object.fromEntries(parts.map((part) => [part, partSchema(part)])) },
    required: ['period', ...parts],
    additionalProperties: false,
  }
}

function partSchema(part: PeriodPart): JsonSchema {
  switch (part) {
    case 'unit':
      return { enum: calendarUnits }
    case 'count':
      return whole(1, Math.max(...Object.values(LARGEST_COUNT)))
    case 'current':
      return { description: 'Whether the unit that holds today is one of those counted.', type: 'boolean' }
    case 'day':
      return { type: 'string', pattern: dayPattern }
    case 'year':
      return whole(0, 9999)
    case 'month':
      return whole(1, 12)
    case 'quarter':
      return whole(1, 4)
  }
}
