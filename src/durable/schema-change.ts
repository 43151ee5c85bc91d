import { CoterieError, type Issue, type Path } from '../base/errors.js'
import { compareText } from '../base/text.js'
import type { HeldEvent } from '../contacts/event.js'
import { readAttributes } from '../contacts/read-attributes.js'
import { readEvent } from '../contacts/read-event.js'
import { readRecord } from '../contacts/read-record.js'
import type { Reading } from '../contacts/reading.js'
import { sameFields, type ContactRecord } from '../contacts/record.js'
import { refused } from '../contacts/refused.js'
import { sameValue, type Value } from '../contacts/value.js'
import type { EngineState } from '../engine/state.js'
import type { Rule } from '../rules/ast.js'
import { readRule } from '../rules/read-rule.js'
import { dampingOf } from '../segments/damping.js'
import { anySize } from './any-size.js'
import type { Migration } from './migration.js'

/*
 * A storage is opened under another schema than the one that it was written under. Everything in it is read again as if it came
 * in now: what reads as what it is, fits. What does not is given to the migration, and what that makes of it is read in turn. What
 * is left then is what the opening is refused for: each field and each rule once, with how many contacts it is about.
 *
 * Nothing but the state in memory is written here. It is new, and thrown away where the opening fails; once it fits, a snapshot of it
 * takes the place of the one before.
 */

/** Fits what was restored to the schema; returns whether anything was changed for it. */
export function fitToSchema(state: EngineState, migration: Migration): boolean {
  const fitting = new Fitting(state, migration)
  fitting.contacts()
  fitting.rules()
  fitting.check()
  return fitting.changed
}

interface Misfit {
  readonly issue: Issue
  contacts: number
}

class Fitting {
  readonly #state: EngineState
  readonly #migration: Migration
  readonly #misfits = new Map<string, Misfit>()
  changed = false

  constructor(state: EngineState, migration: Migration) {
    this.#state = state
    this.#migration = migration
  }

  contacts(): void {
    const { directory, history } = this.#state.store
    for (const ordinal of directory.inOrder()) {
      for (const [name, value] of [...this.#state.store.attributesOf(ordinal)]) this.#attribute(ordinal, name, value)
      for (const type of [...history.eventTypes(ordinal)]) {
        for (const event of history.events(ordinal, type)) this.#event(ordinal, event)
      }
      for (const collection of [...history.collections(ordinal)]) {
        for (const record of history.records(ordinal, collection)) this.#record(ordinal, collection, record)
      }
    }
  }

  rules(): void {
    const { segments } = this.#state
    for (const segment of segments.all()) {
      const { rule, damping } = segment
      const other = rule && this.#rule(rule, segment.id, 'rule')
      if (other !== undefined) segment.rule = other
      const { stay } = damping?.written ?? {}
      const otherStay = stay && this.#rule(stay, segment.id, 'stay')
      if (otherStay !== undefined) segment.damping = dampingOf(Object.freeze({ ...damping?.written, stay: otherStay }))
    }
    segments.arrange([])
  }

  /** What stands in place of a rule that does not fit; undefined where it fits, or nothing does. */
  #rule(rule: Rule, id: string, part: 'rule' | 'stay'): Rule | undefined {
    const options = { ...this.#state.settings, limits: anySize }
    let read = readRule(rule, options)
    const other = read.ok ? undefined : this.#migration.rule?.(rule, id)
    if (other !== undefined) read = readRule(other, options)
    if (!read.ok) {
      for (const issue of read.issues) this.#note({ ...issue, path: ['segments', id, part, ...issue.path] }, 0)
    } else if (other !== undefined) {
      this.changed = true
      return read.rule
    }
    return undefined
  }

  /** @throws CoterieError `SCHEMA_CHANGED`, with all that does not fit. */
  check(): void {
    const issues = [...this.#misfits.values()].map(({ issue, contacts }) => {
      return contacts === 0 ? issue : { ...issue, message: `${issue.message}; of ${String(contacts)} contacts` }
    })
    if (issues.length === 0) return
    throw new CoterieError(
      'SCHEMA_CHANGED',
      `What is kept does not fit the schema: ${issues.map(({ path }) => path.join('.')).join(', ')}`,
      {
        received: 'data and rules under another schema',
        expected: 'the schema of before with more fields, or the option migrate, which says what becomes of the others',
        issues,
      },
    )
  }

  #attribute(ordinal: number, name: string, value: Value): void {
    const { store } = this.#state
    const path = ['attributes', name]
    const misfit = this.#misfitOf(path, (reading) => {
      const read = this.#readAttribute(name, value, reading)
      return read !== undefined && sameValue(read, value)
    })
    if (misfit === undefined) return
    const other = this.#migration.attribute?.(name, value, store.directory.idOf(ordinal))
    if (!this.#isMended(other, misfit)) return
    store.setAttribute(ordinal, name, undefined)
    if (other === null) return
    const [to, input] = other
    const reading = this.#reading()
    const read = this.#readAttribute(to, input, reading)
    if (read === undefined) this.#note(issueOf(['attributes', to], reading), 1)
    else store.setAttribute(ordinal, to, read)
  }

  #event(ordinal: number, event: HeldEvent): void {
    const { history, directory } = this.#state.store
    const { arrival, ...plain } = event
    const path = ['events', event.type]
    const misfit = this.#misfitOf(path, (reading) => {
      const read = readEvent(plain, reading, path)
      return read !== refused && sameFields(read.properties, event.properties)
    })
    if (misfit === undefined) return
    const other = this.#migration.event?.(plain, directory.idOf(ordinal))
    if (!this.#isMended(other, misfit)) return
    history.removeEvent(ordinal, event)
    if (other === null) return
    const reading = this.#reading()
    const read = readEvent(other, reading, path)
    if (read === refused) this.#note(issueOf(path, reading), 1)
    else history.addEvent(ordinal, { ...read, at: read.at ?? event.at, arrival })
  }

  #record(ordinal: number, collection: string, record: ContactRecord): void {
    const { history, directory } = this.#state.store
    const path = ['records', collection]
    const misfit = this.#misfitOf(path, (reading) => {
      const read = readRecord(collection, record, reading, path)
      return read !== refused && sameFields(read, record)
    })
    if (misfit === undefined) return
    const other = this.#migration.record?.(collection, record, directory.idOf(ordinal))
    if (!this.#isMended(other, misfit)) return
    const left = history.records(ordinal, collection).filter(({ id }) => id !== record.id)
    history.setRecords(ordinal, collection, Object.freeze(left))
    if (other === null) return
    const [to, input] = other
    const reading = this.#reading()
    const read = readRecord(to, input, reading, ['records', to])
    if (read === refused) {
      this.#note(issueOf(['records', to], reading), 1)
      return
    }
    const others = history.records(ordinal, to).filter(({ id }) => id !== read.id)
    history.setRecords(ordinal, to, Object.freeze([...others, read].sort((a, b) => compareText(a.id, b.id))))
  }

  #readAttribute(name: string, input: unknown, reading: Reading): Value | undefined {
    // A name can be `__proto__` too.
    return readAttributes(Object.fromEntries([[name, input]]), reading, ['attributes'])?.get(name) ?? undefined
  }

  #reading(): Reading {
    const { schema, timeZone } = this.#state.settings
    return { schema, timeZone, limits: anySize, issues: [] }
  }

  /** What is wrong with something that does not read as what it is; undefined where it does. */
  #misfitOf(path: Path, readsSame: (reading: Reading) => boolean): Issue | undefined {
    const reading = this.#reading()
    return readsSame(reading) && reading.issues.length === 0 ? undefined : issueOf(path, reading)
  }

  /** Whether the migration says what becomes of a misfit; where it does not, that is noted. */
  #isMended<T>(other: T | undefined, misfit: Issue): other is T {
    if (other === undefined) this.#note(misfit, 1)
    else this.changed = true
    return other !== undefined
  }

  #note(issue: Issue, contacts: number): void {
    const key = `${issue.code} ${JSON.stringify(issue.path)}`
    const known = this.#misfits.get(key)
    if (known === undefined) this.#misfits.set(key, { issue, contacts })
    else known.contacts += contacts
  }
}

/** What is wrong there; where it could be read, and as something else, that is. */
function issueOf(path: Path, { issues: [issue] }: Reading): Issue {
  const message = 'What is kept there would read as something else'
  return issue ?? { code: 'TYPE_MISMATCH', path, message, expected: 'values of the type that the schema says' }
}
