import { DueQueue } from '../base/due-queue.js'
import { BatchNames, type KnownNames } from './batch-names.js'
import type { Change, ContactName } from './change.js'
import { broughtBy, contactKey, contactsNamed, segmentKey, segmentNamed } from './names-in-change.js'

/*
 * The order in which the changes of a batch are applied: the given one, but for changes that name what is not there and what
 * another change, one that is still to come, will bring. Such a change waits until it names nothing of that kind any more.
 * After each change that is applied, those that need not wait any longer follow, in the order given. Changes that wait for
 * each other come last, in the order given; they will be refused.
 *
 * The state is what names lead to so far, how many of the changes to come bring each name, and, for a change that waits,
 * the one name that it waits for: one that is missing. When that name comes, the first in its queue, by place in the batch,
 * stands up and goes on: it stops at another missing name and queues there, or it is applied. Only then does the next
 * in the queue stand up, since the first may have taken the name away again. So of those that are ready the first by place
 * always stands, and nobody looks around while what he waits for is missing.
 *
 * A change goes on through its names from where it stopped, and begins anew only if something was removed meanwhile, at most
 * `mostRounds` times. So the whole costs a few looks for each name in the batch and a logarithm for each stop. A change
 * that names only what is there, or what nobody brings, costs one look a name.
 */

/** Nobody needs a second round but where contacts are put and removed again in the same batch, so 16 are plenty. */
const mostRounds = 16

/** A name that changes to come will bring. */
interface AwaitedName {
  /** How many of them. */
  toCome: number
  /** The places of the changes that wait for it. */
  readonly queue: DueQueue<number>
}

/** Where a change has come to that goes through its names. */
interface Round {
  /** The place of the name it looks at: the contacts first, then the segment. */
  at: number
  /** How much had been removed when the round began. */
  removals: number
  rounds: number
}

/** A change that goes on through its names, and the one it waited for. */
interface Standing {
  readonly place: number
  readonly waitedFor: AwaitedName
}

/**
 * The order in which a batch applies its changes, as places in `changes`; `known` is what is there before it.
 */
export function orderOfBatch(changes: readonly Change[], known: KnownNames): readonly number[] {
  return new BatchOrder(changes, known).order()
}

class BatchOrder {
  readonly #changes: readonly Change[]
  readonly #names: BatchNames
  readonly #order: number[] = []
  readonly #isApplied: Uint8Array
  /** Only once something is missing: until then nobody needs to know. */
  #awaited: Map<string, AwaitedName> | undefined
  readonly #rounds = new Map<number, Round>()
  readonly #standing = new DueQueue<Standing>()

  constructor(changes: readonly Change[], known: KnownNames) {
    this.#changes = changes
    this.#names = new BatchNames(known)
    this.#isApplied = new Uint8Array(changes.length)
  }

  order(): readonly number[] {
    for (let place = 0; place < this.#changes.length; place++) {
      this.#goOn(place)
      for (let next = first(this.#standing); next !== undefined; next = first(this.#standing)) {
        const stop = this.#goOn(next.place)
        if (stop !== next.waitedFor) this.#standUp(next.waitedFor)
      }
    }
    for (let place = 0; place < this.#changes.length; place++) if (this.#isApplied[place] === 0) this.#order.push(place)
    return this.#order
  }

  /** Applies a change, or lets it queue for the name at which it stops. */
  #goOn(place: number): AwaitedName | undefined {
    const change = this.#changes[place]
    if (change === undefined) return undefined
    const stop = this.#stopOf(place, change)
    if (stop === undefined) this.#apply(place, change)
    else stop.queue.add(place, place)
    return stop
  }

  #apply(place: number, change: Change): void {
    this.#order.push(place)
    this.#isApplied[place] = 1
    this.#rounds.delete(place)
    this.#names.apply(change)
    if (this.#awaited === undefined) return
    const brought = broughtBy(change)
    const awaited = brought === undefined ? undefined : this.#awaited.get(brought)
    if (awaited === undefined) return
    awaited.toCome -= 1
    this.#standUp(awaited)
  }

  /** Lets the first who waits for a name go on. */
  #standUp(waitedFor: AwaitedName): void {
    const place = first(waitedFor.queue)
    if (place !== undefined) this.#standing.add(place, { place, waitedFor })
  }

  /** The next name of a change that is missing and still to come. */
  #stopOf(place: number, change: Change): AwaitedName | undefined {
    const contacts = contactsNamed(change)
    const round = this.#rounds.get(place) ?? { at: 0, removals: this.#names.removals, rounds: 0 }
    for (;;) {
      for (; round.at <= contacts.length; round.at++) {
        const missing = this.#missing(change, contacts[round.at])
        const awaited = missing === undefined ? undefined : this.#toCome(place).get(missing)
        if (awaited === undefined || awaited.toCome === 0) continue
        this.#rounds.set(place, round)
        return awaited
      }
      round.rounds += 1
      if (round.removals === this.#names.removals || round.rounds === mostRounds) return undefined
      round.at = 0
      round.removals = this.#names.removals
    }
  }

  /** The key of a contact's name, or of the change's segment where none is given, if that leads nowhere. */
  #missing(change: Change, contact: ContactName | undefined): string | undefined {
    if (contact !== undefined) return this.#names.contact(contact) === undefined ? contactKey(contact) : undefined
    const segment = segmentNamed(change)
    return segment === undefined || this.#names.segment(segment) ? undefined : segmentKey(segment)
  }

  /** The names that changes to come bring. When the first is missing, these are the changes from there on. */
  #toCome(from: number): ReadonlyMap<string, AwaitedName> {
    if (this.#awaited !== undefined) return this.#awaited
    this.#awaited = new Map<string, AwaitedName>()
    for (let place = from; place < this.#changes.length; place++) {
      const change = this.#changes[place]
      const brought = change === undefined ? undefined : broughtBy(change)
      if (brought === undefined) continue
      const awaited = this.#awaited.get(brought)
      if (awaited === undefined) this.#awaited.set(brought, { toCome: 1, queue: new DueQueue<number>() })
      else awaited.toCome += 1
    }
    return this.#awaited
  }
}

/** Takes out the first of a queue. */
function first<T>(queue: DueQueue<T>): T | undefined {
  return queue.nextAt === undefined ? undefined : queue.takeDue(queue.nextAt)[0]
}
