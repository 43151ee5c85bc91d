import type { Path } from '../base/errors.js'
import { readElements } from '../contacts/plain-input.js'
import { readNamed } from '../contacts/read-text.js'
import { report } from '../contacts/reading.js'
import { refuseUnknown, reportUnexpected } from '../contacts/refused.js'
import type { ValueType } from '../contacts/value.js'
import type { SequenceStep } from './ast.js'
import { checkStep } from './check-step.js'
import { fieldWords } from './field-words.js'
import { propertyField, unknownItem, type ItemScope } from './item-scope.js'
import type { NodeField } from './node-fields.js'
import { readPlainFields } from './node-object.js'
import { readEventItems } from './read-items.js'
import { nodeProperties, type RuleReading } from './rule-reading.js'
import { checkTypes, everyType } from './side-types.js'

/** Where limits of a step may begin. */
export const stepOrigins = Object.freeze(['previous', 'start'] as const)

/** The fields of a step between `of` and `from`, in the order in which they are written. */
export const stepFields: readonly NodeField[] = Object.freeze([
  { name: 'not', kind: 'flag', optional: true },
  { name: 'within', kind: 'duration', optional: true },
  { name: 'after', kind: 'duration', optional: true },
])

const known = ['of', ...stepFields.map(({ name }) => name), 'from']

interface ReadStep {
  readonly step: SequenceStep | undefined
  readonly scope: ItemScope
}

const refusedStep: ReadStep = Object.freeze({ step: undefined, scope: unknownItem })

/**
 * Reads the steps of a sequence; `depth` is theirs. `same` is the name of a property that all of them must have. Undefined
 * where they are no list; where something in them was refused, there is an issue.
 */
export function readSteps(
  input: unknown,
  same: unknown,
  reading: RuleReading,
  path: Path,
  depth: number,
): readonly unknown[] | undefined {
  const at = [...path, 'steps']
  const elements = readElements(input, fieldWords.steps, 'RULE_INVALID', reading, at)
  if (elements === undefined) return undefined
  if (elements.length < 2) reportTooFew(elements.length, reading, at)
  const steps = elements.map((element, place) => readStep(element, place, reading, [...at, place], depth))
  if (typeof same === 'string' && same !== '') checkSame(same, steps, reading, [...path, 'same'])
  return Object.freeze(steps.map(({ step }) => step))
}

function reportTooFew(count: number, reading: RuleReading, path: Path): void {
  const message = 'In a sequence something comes after something; whether there is an event at all, `some` asks'
  const received = `a list of ${String(count)}`
  report(reading, { code: 'RULE_INVALID', path, message, expected: 'at least two steps', received })
}

function readStep(input: unknown, place: number, reading: RuleReading, path: Path, depth: number): ReadStep {
  if (!reading.size.admitsNode(depth, reading, path)) return refusedStep
  const properties = nodeProperties(input, reading, path)
  if (properties === undefined) {
    reportUnexpected(input, 'a step: an object with its events in `of`', reading, path, 'RULE_INVALID')
    return refusedStep
  }
  refuseUnknown(properties.keys(), known, 'a step', 'RULE_INVALID', reading, path)
  const { items, scope } = readEventItems(properties.get('of'), reading, [...path, 'of'], depth + 1)
  const values = new Map<string, unknown>()
  readPlainFields(stepFields, properties, reading, path, values)
  const from = properties.get('from')
  if (from !== undefined) {
    values.set('from', readNamed(from, stepOrigins, 'RULE_INVALID', reading, [...path, 'from']))
  }
  checkStep(place, values, properties, reading, path)
  return { step: stepOf(items, values), scope }
}

/** In the one form that a step has: what says only the default is left out, and an origin where there is no limit. */
function stepOf(of: SequenceStep['of'] | undefined, values: ReadonlyMap<string, unknown>): SequenceStep | undefined {
  if (of === undefined) return undefined
  const limits = ['within', 'after'].filter((name) => values.get(name) !== undefined)
  return Object.freeze({
    of,
    ...(values.get('not') === true ? { not: true } : undefined),
    ...Object.fromEntries(limits.map((name) => [name, values.get(name)])),
    ...(values.get('from') === 'start' && limits.length > 0 ? { from: 'start' as const } : undefined),
  })
}

/** Reports where a step's events have no property that is the same, or one that can never have the value of another's. */
function checkSame(same: string, steps: readonly ReadStep[], reading: RuleReading, path: Path): void {
  let types: readonly ValueType[] = everyType
  for (const { scope } of steps) {
    const field = propertyField(same, scope, reading, path)
    if (field === undefined) return
    if (field === 'any') continue
    if (!checkTypes([field.type], types, reading, path)) return
    types = [field.type]
  }
}
