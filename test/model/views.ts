import type { ContactName, Engine, Slot } from 'coterie'
import type { SegmentHolds } from '../../src/changes/change.js'
import type { TagEvent, Transition } from '../../src/changes/transition.js'
import type { Contact } from '../../src/contacts/contact.js'
import { contactIds, identityIds } from '../arbitraries/contacts.js'
import { contactOf } from '../../src/testing/naive/answers.js'
import type { NaiveModel } from '../../src/testing/naive/naive-model.js'
import { contactsOf, segmentsOf, serialOf, type ModelSlot } from '../../src/testing/naive/state.js'

/*
 * All that can be asked of an engine, and what the model says to the same questions, as plain data of one shape.
 */

/** What is known of everybody and everything. */
export interface View {
  readonly now: number
  readonly contacts: readonly { readonly contact: Contact | undefined; readonly segments: readonly string[] }[]
  /** Whom each name that a contact can have leads to. */
  readonly names: readonly (string | undefined)[]
  /** Tags that are declared, and the groups of tags. */
  readonly catalogue: unknown
  readonly segments: readonly {
    readonly id: string
    readonly kind: string | undefined
    readonly holds: SegmentHolds | undefined
    readonly minimumStay: string | undefined
    readonly coolDown: string | undefined
    readonly count: number | undefined
    readonly members: readonly string[]
    /** Of each contact, in the order in which they were put. */
    readonly places: readonly Place[]
  }[]
}

/** Where a contact stands with a segment. */
interface Place {
  readonly has: boolean
  readonly since: number | undefined
  /** When it last moved in a damped segment. */
  readonly movedAt: number | undefined
  readonly include: ModelSlot | undefined
  readonly exclude: ModelSlot | undefined
}

/** Every name that a contact can have. */
const knownNames: readonly ContactName[] = [...contactIds, ...identityIds.map((id) => ({ channel: 'chat', id }))]

export function viewOfEngine(engine: Engine): View {
  const ids = engine.contacts.ids()
  return {
    now: engine.now,
    contacts: ids.map((id) => ({ contact: engine.contacts.get(id), segments: engine.segments.of(id) })),
    names: knownNames.map((name) => engine.contacts.get(name)?.id),
    catalogue: {
      declared: engine.tags.catalogue
        .declared()
        .map(({ tag }) => tag)
        .sort(),
      groups: engine.tags.catalogue
        .groups()
        .map(({ group, prefix, tags = [], exclusive = false }) => ({ group, prefix, tags, exclusive })),
    },
    segments: engine.segments.ids().map((id) => {
      const handle = engine.segments.get(id)
      return {
        id,
        kind: handle?.kind,
        holds: handle?.holds,
        minimumStay: handle?.damping?.minimumStay,
        coolDown: handle?.damping?.coolDown,
        count: handle?.count,
        members: [...(handle?.members() ?? [])].sort(),
        places: ids.map((contact) => {
          const { slots, since } = engine.segments.explain(id, contact)
          const { include, exclude } = slots
          return {
            has: engine.segments.has(id, contact),
            since,
            movedAt: handle?.movedAt(contact),
            include: plainSlot(include),
            exclude: plainSlot(exclude),
          }
        }),
      }
    }),
  }
}

export function viewOfModel(model: NaiveModel): View {
  const { state } = model
  const contacts = contactsOf(state)
  const idOf = (serial: number | undefined): string | undefined => contacts.find((one) => one.serial === serial)?.id
  return {
    now: state.now,
    contacts: contacts.map((contact) => ({
      contact: contactOf(contact),
      segments: model.segmentsOf(contact.id),
    })),
    names: knownNames.map((name) => idOf(serialOf(state, name))),
    catalogue: {
      declared: [...state.declared].sort(),
      groups: [...state.groups].map(([group, rest]) => ({ group, ...rest })),
    },
    segments: segmentsOf(state).map(
      ({ id, kind, members, include, exclude, keepsVisits, holds, damping, movedAt }) => ({
        id,
        kind,
        holds,
        minimumStay: damping?.minimumStay,
        coolDown: damping?.coolDown,
        count: members.size,
        members: model.members(id).sort(),
        places: contacts.map(({ serial }) => ({
          has: members.has(serial),
          since: keepsVisits ? members.get(serial)?.since : undefined,
          movedAt: movedAt.get(serial),
          include: include.get(serial),
          exclude: exclude.get(serial),
        })),
      }),
    ),
  }
}

/** What is told, without what only the engine knows of its cause. */
export type PlainEvent = Omit<Transition | TagEvent, 'cause'> & { readonly cause: unknown }

/** A transition or a tag event, of the cause what the model knows. */
export function plainEvent({ cause, ...told }: Transition | TagEvent): PlainEvent {
  const { kind, dueAt, through } = cause
  return { ...told, cause: { kind, dueAt, through } }
}

function plainSlot(slot: Slot | undefined): ModelSlot | undefined {
  return slot === undefined ? undefined : { reason: slot.reason, until: slot.until }
}
