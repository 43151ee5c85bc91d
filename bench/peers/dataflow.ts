import { applyToPlain, type LiveChange } from '../lib/live-changes.js'
import type { LivePeer, LiveSubject } from '../lib/live-subject.js'
import { plainContact, type PlainContact } from '../lib/plain-contact.js'
import { now, type Population } from '../lib/population.js'
import type { Question } from '../lib/question.js'
import { closureOf } from './closures.js'
import { loadPeer } from './installed.js'
import type { Filter } from './peer.js'

/*
 * Live queries as dataflow: a change goes as an old row and a new one through a pipeline for each rule. Contacts are put in
 * when a change first touches them, untimed, since all of them at once take such peers minutes.
 */

/** What both put in and take out. */
interface Flow {
  readonly insert: (contact: PlainContact) => void
  readonly replace: (before: PlainContact, after: PlainContact) => unknown
}

export const d2mini: LivePeer = {
  name: 'd2mini, a pipeline for each rule',
  packages: ['@electric-sql/d2mini'],
  mostRules: 1_000,
  start: async (population, questions, hear) => {
    const { D2, MultiSet, filter, output } = (await loadPeer('@electric-sql/d2mini')) as D2mini
    const graph = new D2()
    const input = graph.newInput()
    questions.forEach((question, rule) => {
      const told = output((rows) => {
        const balance = rows.getInner().reduce((sum, [, times]) => sum + times, 0)
        if (balance !== 0) hear(rule, balance > 0)
      })
      input.pipe(filter(closureOf(question)), told)
    })
    graph.finalize()
    // A filter keeps nothing, so there is nothing to put in.
    return new Rows(population, {
      insert: () => undefined,
      replace: (before, after) => {
        input.sendData(new MultiSet([[before, -1], [after, 1]])) // prettier-ignore
        graph.run()
      },
    })
  },
}

interface Counted {
  readonly getInner: () => readonly (readonly [unknown, number])[]
}

interface D2mini {
  readonly D2: new () => {
    newInput: () => { pipe: (...operators: unknown[]) => unknown; sendData: (rows: Counted) => void }
    finalize: () => void
    run: () => void
  }
  readonly MultiSet: new (rows: readonly (readonly [unknown, number])[]) => Counted
  readonly filter: (holds: Filter) => unknown
  readonly output: (take: (rows: Counted) => void) => unknown
}

export const tanstack: LivePeer = {
  name: 'TanStack DB, a live query for each rule',
  packages: ['@tanstack/db'],
  mostRules: 100,
  start: async (population, questions, hear) => {
    const db = (await loadPeer('@tanstack/db')) as Tanstack
    let writing: Writing | undefined
    const contacts = db.createCollection({
      getKey: ({ id }: PlainContact) => id,
      startSync: true,
      sync: {
        sync: (given: Writing) => {
          writing = given
          given.markReady()
        },
      },
    })
    const rows = writing as unknown as Writing
    let isInserting = false
    questions.forEach((question, rule) => {
      const members = db.createLiveQueryCollection({
        startSync: true,
        query: (q) => q.from({ contact: contacts }).where(({ contact }) => expressionOf(db, question, contact)),
      })
      members.subscribeChanges((changes) => {
        for (const { type } of changes) if (!isInserting && type !== 'update') hear(rule, type === 'insert')
      })
    })
    const write = (type: 'insert' | 'update', value: PlainContact): void => {
      rows.begin()
      rows.write({ type, value })
      rows.commit()
    }
    return new Rows(population, {
      insert: (contact) => {
        isInserting = true
        write('insert', contact)
        isInserting = false
      },
      replace: (_, after) => {
        write('update', after)
      },
    })
  },
}

interface Writing {
  readonly begin: () => void
  readonly write: (row: { readonly type: 'insert' | 'update'; readonly value: PlainContact }) => void
  readonly commit: () => void
  readonly markReady: () => void
}

interface Tanstack {
  readonly createCollection: (options: object) => unknown
  readonly createLiveQueryCollection: (options: {
    readonly startSync: boolean
    readonly query: (q: {
      from: (sources: object) => {
        where: (condition: (rows: { readonly contact: { readonly [field: string]: unknown } }) => unknown) => unknown
      }
    }) => unknown
  }) => { subscribeChanges: (hear: (changes: readonly { readonly type: string }[]) => void) => unknown }
  readonly and: (...parts: readonly unknown[]) => unknown
  readonly or: (...parts: readonly unknown[]) => unknown
  readonly not: (part: unknown) => unknown
  readonly gt: (a: unknown, b: unknown) => unknown
  readonly lte: (a: unknown, b: unknown) => unknown
  readonly inArray: (value: unknown, list: unknown) => unknown
}

function expressionOf(db: Tanstack, question: Question, row: { readonly [field: string]: unknown }): unknown {
  if ('all' in question) return db.and(...question.all.map((part) => expressionOf(db, part, row)))
  if ('any' in question) return db.or(...question.any.map((part) => expressionOf(db, part, row)))
  if ('not' in question) return db.not(expressionOf(db, question.not, row))
  if ('tag' in question) return db.inArray(question.tag, row['tags'])
  if ('above' in question) return db.gt(row[question.field], question.above)
  if ('atMost' in question) return db.lte(row[question.field], question.atMost)
  if ('in' in question) return db.inArray(row[question.field], question.in)
  if ('inLast' in question && 'field' in question) return db.gt(row[question.field], now - question.inLast)
  throw new Error('No rule of workload B asks that')
}

/** Contacts as rows that are replaced, never changed. */
class Rows implements LiveSubject {
  readonly #population: Population
  readonly #flow: Flow
  readonly #contacts = new Map<number, PlainContact>()

  constructor(population: Population, flow: Flow) {
    this.#population = population
    this.#flow = flow
  }

  prepare(changes: readonly LiveChange[]): () => void {
    for (const { contact } of changes) {
      if (this.#contacts.has(contact)) continue
      const plain = plainContact(this.#population, contact)
      this.#contacts.set(contact, plain)
      this.#flow.insert(plain)
    }
    return () => {
      for (const change of changes) this.#replace(change)
    }
  }

  #replace(change: LiveChange): void {
    const before = this.#contacts.get(change.contact) as PlainContact
    const after = { ...before, tags: [...before.tags] }
    applyToPlain(after, change)
    this.#contacts.set(change.contact, after)
    this.#flow.replace(before, after)
  }
}

/** Both of them, the slower one last. */
export const dataflows: readonly LivePeer[] = [d2mini, tanstack]
