import { WEEKDAYS, type Weekday } from '../base/calendar-period.js'
import { CoterieError, show, type Path } from '../base/errors.js'
import type { Limits } from '../contacts/limits.js'
import { propertiesOf, reportTooLarge } from '../contacts/plain-input.js'
import { isFull, readingOf, report, type Reading, type ReadingOptions } from '../contacts/reading.js'
import type { Rule } from './ast.js'
import type { ItemScope } from './item-scope.js'

/** How a rule is read. */
export interface RuleOptions extends ReadingOptions {
  /** The zone that is written into every node that needs one and has none. Without it none is written. */
  readonly timeZone?: string | undefined
  /** The first day of the week for those who do not say. Default Monday. */
  readonly weekStartsOn?: Weekday | undefined
  /** The segments that there are; a rule that refers to another is refused. Left out, any may be referred to. */
  readonly segments?: Iterable<string> | ((id: string) => boolean) | undefined
}

/** The reading of one rule. */
export interface RuleReading extends Reading {
  readonly nodeZone: string | undefined
  readonly weekStartsOn: Weekday | undefined
  readonly segments: ReadonlySet<string> | ((id: string) => boolean) | undefined
  readonly size: RuleSize
  /** The event or record that is read about; undefined where that is the contact. */
  readonly item: ItemScope | undefined
  /** Reads a rule inside what is read: rules are made of values, and values of rules that say which items count. */
  readonly readNode: NodeReader
}

/** Reads a rule that stands so deep. Undefined where it was refused. */
export type NodeReader = (input: unknown, reading: RuleReading, path: Path, depth: number) => Rule | undefined

const readNoNode: NodeReader = () => undefined

/**
 * Begins the reading of a rule. Where only fields that hold no rules are read, there is no need of a reader of these.
 *
 * @throws CoterieError for options that are none: `TIME_ZONE_UNKNOWN`, `OPTION_INVALID`.
 */
export function ruleReadingOf(options: RuleOptions, readNode: NodeReader = readNoNode): RuleReading {
  const { segments, timeZone, weekStartsOn } = options
  if (weekStartsOn !== undefined && !WEEKDAYS.includes(weekStartsOn)) {
    throw new CoterieError('OPTION_INVALID', `Weeks cannot begin on ${show(weekStartsOn)}.`, {
      path: ['weekStartsOn'],
      received: show(weekStartsOn),
      expected: WEEKDAYS.join(', '),
    })
  }
  const reading = readingOf(options)
  return {
    ...reading,
    nodeZone: timeZone,
    // A rule that was read with a zone is resolved: it means the same wherever it is read again.
    weekStartsOn: weekStartsOn ?? (timeZone === undefined ? undefined : 'monday'),
    segments: segments === undefined || typeof segments === 'function' ? segments : new Set(segments),
    size: new RuleSize(reading.limits),
    item: undefined,
    readNode,
  }
}

/** More properties than any node has. */
const mostProperties = 16

/** The properties of an object in a rule, as {@link propertiesOf}; those that no node has count as list elements. */
export function nodeProperties(
  input: unknown,
  reading: RuleReading,
  path: Path,
): ReadonlyMap<string, unknown> | undefined {
  const properties = propertiesOf(input)
  const excess = (properties?.size ?? 0) - mostProperties
  if (excess > 0) reading.size.admitsElements(excess, reading, path)
  return properties
}

/** A rule may hold so many times as much text, and as many list elements, as one text or list of it may. */
const whole = 10

/**
 * How large the rule is so far. The same object can stand in many places of what is read, so that a small input unfolds
 * into a huge rule, or an endless one. Once a limit is passed, or there are as many issues as are kept, nothing more is
 * admitted: so reading a rule costs no more than the limits allow, whatever it is made of.
 */
export class RuleSize {
  readonly #limits: Limits
  #nodes = 0
  #elements = 0
  #characters = 0
  #isOver = false

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Counts a node; false, and reported, where it is one too many or lies too deep. */
  admitsNode(depth: number, reading: Reading, path: Path): boolean {
    this.#nodes += 1
    if (!this.#within(this.#nodes, this.#limits.nodes, 'nodes', reading, path)) return false
    if (depth > this.#limits.depth) {
      this.#isOver = true
      const expected = `at most ${String(this.#limits.depth)} levels`
      const message = `Nodes stand in each other more than ${String(this.#limits.depth)} deep`
      report(reading, { code: 'LIMIT_EXCEEDED', path, message, expected, received: 'a deeper one' })
      return false
    }
    return true
  }

  /** Counts elements of a list; false, and reported, where they are too many. */
  admitsElements(count: number, reading: Reading, path: Path): boolean {
    this.#elements += count
    return this.#within(this.#elements, whole * this.#limits.list, 'list elements in one rule', reading, path)
  }

  /** Counts characters of a text; false, and reported, where they are too many. */
  admitsCharacters(count: number, reading: Reading, path: Path): boolean {
    this.#characters += count
    return this.#within(this.#characters, whole * this.#limits.text, 'characters in one rule', reading, path)
  }

  #within(size: number, limit: number, what: string, reading: Reading, path: Path): boolean {
    if (this.#isOver || isFull(reading)) return false
    if (size <= limit) return true
    this.#isOver = true
    reportTooLarge(reading, path, what, limit, String(size))
    return false
  }
}
