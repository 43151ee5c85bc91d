import type { Path } from '../../base/errors.js'
import { readElements } from '../../contacts/plain-input.js'
import { refuse } from '../../contacts/refused.js'
import { fieldWords } from '../field-words.js'
import type { RuleReading } from '../rule-reading.js'
import { finish, frozenCopy } from './frozen-copy.js'

/** The items that an expression of events or records stands for. Undefined where it was refused. */
export function readItemsArgument(
  input: unknown,
  kind: 'items' | 'recordItems',
  reading: RuleReading,
  path: Path,
): unknown {
  const items = partOf(input, 'items')
  if (isOf(items, 'records') || (kind === 'items' && isOf(items, 'events'))) return frozenCopy(items, reading, path)
  refuse(isOf(items, 'events') ? 'events' : input, fieldWords[kind], reading, path, 'RULE_INVALID')
  return undefined
}

/** The steps of a sequence: the first events, and then what `followedBy` and `notFollowedBy` made. */
export function readStepArguments(input: unknown, reading: RuleReading, path: Path): unknown {
  const elements = readElements(input, fieldWords.steps, 'RULE_INVALID', reading, path) ?? []
  const steps = elements.map((element, place) => {
    const at = [...path, place]
    return place === 0 ? readFirst(element, reading, at) : readFollowing(element, reading, at)
  })
  if (steps.length < 2) refuse(elements, fieldWords.steps, reading, path, 'RULE_INVALID')
  return steps.includes(undefined) ? undefined : finish(steps)
}

function readFirst(input: unknown, reading: RuleReading, path: Path): unknown {
  const of = readStepEvents(input, reading, path)
  return of === undefined ? undefined : finish({ of })
}

function readFollowing(input: unknown, reading: RuleReading, path: Path): unknown {
  const step = partOf(input, 'step')
  if (typeof step === 'object' && step !== null && 'of' in step) return frozenCopy(step, reading, path)
  refuse(input, 'followedBy(…) or notFollowedBy(…)', reading, path, 'RULE_INVALID')
  return undefined
}

/** The events that serve a step. Undefined where they were refused. */
export function readStepEvents(input: unknown, reading: RuleReading, path: Path): unknown {
  const items = partOf(input, 'items')
  if (isOf(items, 'events')) return frozenCopy(items, reading, path)
  refuse(input, "events, such as events('purchase').where(…)", reading, path, 'RULE_INVALID')
  return undefined
}

/** What an expression stands for in a rule. */
function partOf(input: unknown, name: 'items' | 'step'): unknown {
  return typeof input === 'object' && input !== null && name in input
    ? (input as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function isOf(items: unknown, source: 'events' | 'records'): boolean {
  return typeof items === 'object' && items !== null && source in items
}
