import type { ChangeInput } from '../changes/input.js'
import type { Receipt } from '../changes/receipt.js'
import type { EventInput } from '../contacts/read-event.js'
import { optionInvalid, plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import { entryOf, isIn, type Audience } from './audience.js'
import { isDrawn } from './draw.js'

/** What sending leaves on those it reaches. */
export interface SendOptions {
  /** The tag, held by the campaign of the audience's id; test contacts get it too. */
  readonly tag: string
  /** An event to record of each, once: its id, unless given, is that of the audience. */
  readonly event?: EventInput
}

/** Whom a message was sent to. */
export interface Sending {
  /** By the engine's clock, in ms. */
  readonly at: number
  /** The ids of those reached, as they are called now. */
  readonly contacts: readonly string[]
  /** The ids of those who are there no more. */
  readonly missing: readonly string[]
  /** The ids of those who have since become one with somebody of the control group or the holdout, and were not reached. */
  readonly withheld: readonly string[]
  readonly receipt: Receipt
}

/**
 * Marks those who are in an audience as reached, all as one batch: gives them the tag, and the event. Whoever is of the
 * control group or the holdout is never among them, also when contacts have been merged since. Doing it again changes
 * nothing.
 *
 * @throws CoterieError what `batch` throws.
 */
export function send(engine: AnyEngine, audience: Audience, options: SendOptions): Sending {
  const { tag, event } = plainOptions('options', options)
  if (typeof tag !== 'string') throw optionInvalid('tag', tag, 'a tag')
  const { contacts, missing, withheld } = reachable(engine, audience)
  const holder = { kind: 'campaign', by: audience.id } as const
  const changes: ChangeInput[] = []
  for (let from = 0; from < contacts.length; from += engine.limits.list)
    changes.push({ type: 'tag.add', contacts: contacts.slice(from, from + engine.limits.list), tags: tag, holder })
  if (event !== undefined)
    for (const contact of contacts)
      changes.push({ type: 'event.record', contact, event: { id: audience.id, ...event } })
  const receipt = engine.batch(changes)
  return Object.freeze({ at: engine.now, contacts, missing, withheld, receipt })
}

function reachable(engine: AnyEngine, audience: Audience): Omit<Sending, 'at' | 'receipt'> {
  const contacts = new Set<string>()
  const missing: string[] = []
  const withheld: string[] = []
  for (const { contactId, reason } of audience.entries) {
    if (!isIn(reason)) continue
    const id = engine.contacts.has(contactId) ? engine.contact(contactId).id : undefined
    if (id === undefined) missing.push(contactId)
    else if (reason.kind === 'included' && isKeptFrom(audience, id)) withheld.push(contactId)
    else contacts.add(id)
  }
  return {
    contacts: Object.freeze([...contacts]),
    missing: Object.freeze(missing),
    withheld: Object.freeze(withheld),
  }
}

function isKeptFrom(audience: Audience, contactId: string): boolean {
  const { control, holdout } = audience
  const kind = entryOf(audience, contactId)?.reason.kind
  if (kind === 'test') return false
  return (
    (control !== undefined && isDrawn(control, contactId)) || (holdout !== undefined && isDrawn(holdout, contactId))
  )
}
