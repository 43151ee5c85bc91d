import type { Path } from '../../base/errors.js'
import { isListInput, propertiesOf, readElements } from '../../contacts/plain-input.js'
import { refuse } from '../../contacts/refused.js'
import type { RuleReading } from '../rule-reading.js'

/*
 * Rules are frozen to the bottom, so that one can be part of many and none can change behind an engine's back. What a
 * builder made is remembered, and goes into larger rules as it is; plain JSON from elsewhere is copied first. So a rule
 * costs its own size to build, however it is put together.
 */

const finished = new WeakSet()

/** Freezes an object whose parts are frozen already, and remembers that nothing in it can change. */
export function finish<T extends object>(node: T): T {
  finished.add(node)
  return Object.freeze(node)
}

/** Whether a builder made it, so that nothing in it can change. */
export function isFinished(input: object): boolean {
  return finished.has(input)
}

/** Plain JSON, frozen to the bottom: `input` itself where a builder made it, otherwise a copy. Undefined where refused. */
export function frozenCopy(input: unknown, reading: RuleReading, path: Path): unknown {
  if (typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean') return input
  if (typeof input === 'object' && input !== null && isFinished(input)) return input
  if (!reading.size.admitsNode(path.length, reading, path)) return undefined
  if (isListInput(input)) {
    const elements = readElements(input, 'a list', 'RULE_INVALID', reading, path) ?? []
    return finish(elements.map((element, place) => frozenCopy(element, reading, [...path, place])))
  }
  const properties = propertiesOf(input)
  if (properties === undefined) refuse(input, 'plain JSON', reading, path, 'RULE_INVALID')
  const written = [...(properties ?? [])].filter(([, value]) => value !== undefined)
  return finish(Object.fromEntries(written.map(([name, value]) => [name, frozenCopy(value, reading, [...path, name])])))
}
