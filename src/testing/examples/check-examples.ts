import { CoterieError, show, type Path } from '../../base/errors.js'
import { formatInstant } from '../../base/written-date.js'
import type { ContactInput } from '../../contacts/read-contact.js'
import { printRule } from '../../language/print/print-rule.js'
import type { Rule } from '../../rules/ast.js'
import { matches } from '../../rules/matches.js'
import type { Moment } from '../../rules/question.js'
import { readRule } from '../../rules/read-rule.js'
import { rulesEqual, ruleKey } from '../../rules/rule-key.js'
import { askedOf } from '../laws/asked.js'
import { findPair, relationIn, type LawOptions } from '../laws/rule-relations.js'
import { writtenContact, type WrittenContact } from '../worlds/moment.js'
import { readWorld, type ReadWorld } from '../worlds/test-world.js'
import { mutantsOf, type Mistake, type Mutant } from './mutants.js'

/*
 * Would these examples notice if the rule were wrong? Every small mistake is made in it, one at a time, and the examples
 * are asked. A mistake that no example notices either makes no difference, which is proved, or survives: then the smallest
 * contact and instant that tell the right rule from the wrong one are the example that is missing.
 */

/** An example of a rule: a contact, and whether it belongs in. */
export interface Example {
  readonly contact: ContactInput
  /** The instant that is asked about. Default that of the world. */
  readonly now?: Moment
  /** Whether the rule must hold. */
  readonly in: boolean
}

/** The example that is missing, as it would be written. */
export interface MissingExample {
  readonly contact: WrittenContact
  readonly now: string
  readonly in: boolean
}

/** A mistake that no example notices. */
export interface Survivor {
  readonly mistake: Mistake
  /** The way to its place in the rule. */
  readonly path: Path
  /** The rule with the mistake. */
  readonly rule: Rule
  /** The same as a text. */
  readonly text: string
  readonly missing: MissingExample
}

/** What {@link checkExamples} has found. */
export interface ExamplesReport {
  /** How many mistakes were made that make another rule. */
  readonly mistakes: number
  /** How many of them an example notices. */
  readonly caught: number
  readonly survivors: readonly Survivor[]
  /** How many were proved to make no difference; they are left out of `mistakes`. */
  readonly equivalent: number
  /** Mistakes that no example notices, and of which neither a difference was found nor a proof that there is none. */
  readonly undecided: readonly Mutant[]
}

interface ReadExample {
  readonly contact: ContactInput
  readonly now: Moment
  readonly expected: boolean
}

/**
 * Makes every small mistake in a rule, and says which of them the examples would not notice.
 *
 * @throws CoterieError `LAW_BROKEN` for an example that the rule itself contradicts, and for what cannot be read.
 */
export function checkExamples(rule: Rule, examples: readonly Example[], options: LawOptions): ExamplesReport {
  const world = readWorld(options, [rule])
  const [read] = world.rules as readonly [Rule]
  const asked = examples.map((example) => readExample(example, world))
  for (const [place, example] of asked.entries()) if (!agrees(read, example, world)) throw contradicted(place, example)
  const survivors: Survivor[] = []
  const undecided: Mutant[] = []
  let [caught, equivalent] = [0, 0]
  for (const mutant of readMutants(read, world)) {
    if (asked.some((example) => !agrees(mutant.rule, example, world))) {
      caught++
      continue
    }
    const survivor = survivorOf(read, mutant, world, options)
    if (survivor !== undefined) survivors.push(survivor)
    else if (relationIn(world, read, mutant.rule) === 'equal') equivalent++
    else undecided.push(mutant)
  }
  const mistakes = caught + survivors.length + undecided.length
  return Object.freeze({ mistakes, caught, survivors, equivalent, undecided })
}

function readExample({ contact, now, in: expected }: Example, world: ReadWorld): ReadExample {
  return { contact, now: now ?? world.now, expected }
}

function agrees(rule: Rule, { contact, now, expected }: ReadExample, world: ReadWorld): boolean {
  const { schema, timeZone, segments } = world
  return matches(rule, contact, { schema, timeZone, segments, now }) === expected
}

function contradicted(place: number, { contact, now, expected }: ReadExample): CoterieError {
  const received = `the rule is ${String(!expected)}`
  const at = typeof now === 'number' ? formatInstant(now) : show(now)
  const message = `Example ${String(place + 1)} is contradicted:\ncontact ${JSON.stringify(contact)}\nat ${at}\n${received}`
  return new CoterieError('LAW_BROKEN', message, { path: ['examples', place], received, expected: String(expected) })
}

/** The mutants that can be read, each rule once. */
function readMutants(rule: Rule, { schema, timeZone }: ReadWorld): readonly Mutant[] {
  const seen = new Map<string, Mutant>()
  for (const mutant of mutantsOf(rule, timeZone)) {
    const result = readRule(mutant.rule, { schema, timeZone })
    if (!result.ok || rulesEqual(result.rule, rule)) continue
    const key = ruleKey(result.rule)
    if (!seen.has(key)) seen.set(key, { ...mutant, rule: result.rule })
  }
  return [...seen.values()]
}

function survivorOf(rule: Rule, mutant: Mutant, world: ReadWorld, options: LawOptions): Survivor | undefined {
  const both = { ...world, rules: [rule, mutant.rule] }
  const found = findPair(both, rule, mutant.rule, (right, wrong) => right !== wrong, options)
  if (found === undefined) return undefined
  const missing: MissingExample = {
    contact: writtenContact(found.contact),
    now: formatInstant(found.now),
    in: askedOf(both, found)(rule),
  }
  return Object.freeze({ ...mutant, text: printRule(mutant.rule), missing })
}

/** The report as lines, a few for each survivor. */
export function examplesInWords({ mistakes, caught, survivors, equivalent, undecided }: ExamplesReport): string {
  const head = `${String(caught)} of ${String(mistakes)} mistakes noticed; ${String(equivalent)} make no difference`
  const lines = survivors.map(({ mistake, text, missing }) => {
    const { contact, now, in: isIn } = missing
    return `${mistake}: ${text}\n  missing: { contact: ${JSON.stringify(contact)}, now: '${now}', in: ${String(isIn)} }`
  })
  return [head, ...lines, ...undecided.map(({ mistake, rule }) => `undecided: ${mistake}: ${printRule(rule)}`)].join(
    '\n',
  )
}
