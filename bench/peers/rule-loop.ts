import { applyToPlain, fieldsOf, type ChangeKind, type LiveChange } from '../lib/live-changes.js'
import type { Hear, LivePeer, LiveSubject } from '../lib/live-subject.js'
import { plainContact, type PlainContact } from '../lib/plain-contact.js'
import type { Population } from '../lib/population.js'
import type { Question } from '../lib/question.js'
import { closureOf } from './closures.js'
import { generatedFilter } from './generated.js'
import type { Filter, FilterPeer } from './peer.js'

/*
 * Live segments by a library that only answers whether a rule holds: after each change every rule is asked of the contact
 * again, or only those that name the field, and compared with what it was. What the contacts of a change are members of
 * before is found out by closures, untimed.
 */

/** Asks all rules after each change. */
export function allRules({ name, packages, start }: FilterPeer): LivePeer {
  return {
    name: `${name}, all rules`,
    packages,
    start: async (population, questions, hear) => {
      const compile = await start()
      const every = questions.map((_, rule) => rule)
      return new RuleLoop(population, questions, questions.map(compile), () => every, hear)
    },
  }
}

/** Generated code, for all rules or only for those that name a field that changed. */
export function generatedRules(onlyNamed: boolean): LivePeer {
  return {
    name: `generated code, ${onlyNamed ? 'rules that name the field' : 'all rules'}`,
    packages: [],
    start: (population, questions, hear) => {
      const every = questions.map((_, rule) => rule)
      const named = rulesByKind(questions)
      const rulesOf = (kind: ChangeKind): readonly number[] => (onlyNamed ? (named.get(kind) ?? []) : every)
      return Promise.resolve(new RuleLoop(population, questions, questions.map(generatedFilter), rulesOf, hear))
    },
  }
}

function rulesByKind(questions: readonly Question[]): ReadonlyMap<ChangeKind, readonly number[]> {
  const fields = questions.map((question) => new Set(fieldsIn(question)))
  return new Map(
    (Object.keys(fieldsOf) as ChangeKind[]).map((kind) => [
      kind,
      fields.flatMap((named, rule) => (fieldsOf[kind].some((field) => named.has(field)) ? [rule] : [])),
    ]),
  )
}

function fieldsIn(question: Question): readonly string[] {
  if ('all' in question) return question.all.flatMap(fieldsIn)
  if ('any' in question) return question.any.flatMap(fieldsIn)
  if ('not' in question) return fieldsIn(question.not)
  if ('tag' in question) return ['tag']
  return 'field' in question ? [question.field] : ['purchases']
}

class RuleLoop implements LiveSubject {
  readonly #population: Population
  readonly #closures: readonly Filter[]
  readonly #filters: readonly Filter[]
  readonly #rulesOf: (kind: ChangeKind) => readonly number[]
  readonly #hear: Hear
  readonly #contacts = new Map<number, { readonly plain: PlainContact; readonly member: Uint8Array }>()

  constructor(
    population: Population,
    questions: readonly Question[],
    filters: readonly Filter[],
    rulesOf: (kind: ChangeKind) => readonly number[],
    hear: Hear,
  ) {
    this.#population = population
    this.#closures = questions.map(closureOf)
    this.#filters = filters
    this.#rulesOf = rulesOf
    this.#hear = hear
  }

  prepare(changes: readonly LiveChange[]): () => void {
    for (const { contact } of changes) {
      if (this.#contacts.has(contact)) continue
      const plain = plainContact(this.#population, contact)
      const member = Uint8Array.from(this.#closures, (holds) => (holds(plain) ? 1 : 0))
      this.#contacts.set(contact, { plain, member })
    }
    return () => {
      this.#play(changes)
    }
  }

  #play(changes: readonly LiveChange[]): void {
    for (const change of changes) {
      const { plain, member } = this.#contacts.get(change.contact) as { plain: PlainContact; member: Uint8Array }
      applyToPlain(plain, change)
      for (const rule of this.#rulesOf(change.kind)) {
        const holds = (this.#filters[rule] as Filter)(plain)
        if (holds === (member[rule] === 1)) continue
        member[rule] = holds ? 1 : 0
        this.#hear(rule, holds)
      }
    }
  }
}
