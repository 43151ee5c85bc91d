import { deepestRecord } from '../contacts/read-record.js'
import { movingWindows, windowFields, windowNames, type WindowName } from './item-window-fields.js'
import { fieldSchema, nodeSchema, ref, someText, type JsonSchema } from './json-schema-fields.js'
import { operators } from './operator-table.js'
import { stepFields, stepOrigins } from './read-steps.js'

/** The definitions of what aggregates and sequences are over: events and records, their windows, and steps. */
export function itemSchemas(): JsonSchema {
  return {
    items: { anyOf: [ref('eventItems'), ref('recordItems')] },
    eventItems: {
      description: 'The events of a type that have happened, lie in the window and satisfy `where`.',
      type: 'object',
      properties: { events: someText, window: windowSchema((name) => name !== 'inNext'), where: ref('rule') },
      required: ['events'],
      additionalProperties: false,
    },
    recordItems: {
      description:
        'The records of a collection, or with more names those inside its records, that lie in the window and satisfy `where`; `by` is the date field that gives them their time.',
      type: 'object',
      properties: {
        records: { type: 'array', items: someText, minItems: 1, maxItems: deepestRecord },
        by: someText,
        window: windowSchema(() => true),
        where: ref('rule'),
      },
      required: ['records'],
      dependentRequired: { window: ['by'] },
      additionalProperties: false,
    },
    step: {
      description:
        'A step of a sequence: events that serve it, or with `not` that none comes. Its limits are exact durations, from the previous step or from the first.',
      type: 'object',
      properties: {
        of: ref('eventItems'),
        ...Object.fromEntries(stepFields.map(({ name, kind }) => [name, fieldSchema(kind)])),
        from: { enum: stepOrigins },
      },
      required: ['of'],
      additionalProperties: false,
    },
    ...Object.fromEntries(movingWindows.map((name) => [definitionOf(name), movingSchema(name)])),
    [definitionOf('absolute')]: {
      description: 'The item is at `from` or later, and before `to`.',
      type: 'object',
      properties: { window: { const: 'absolute' }, from: ref('moment'), to: ref('moment') },
      required: ['window'],
      minProperties: 2,
      additionalProperties: false,
    },
  }
}

function movingSchema(name: (typeof movingWindows)[number]): JsonSchema {
  return nodeSchema('window', name, windowFields(name), operators[name].words.replace('left', 'the item'))
}

function windowSchema(isAllowed: (name: WindowName) => boolean): JsonSchema {
  return { anyOf: windowNames.filter(isAllowed).map((name) => ref(definitionOf(name))) }
}

/** The nodes of rules have the names of some windows. */
function definitionOf(name: WindowName): string {
  return `${name}Window`
}
