import { viewOf } from '../../src/contacts/contact-view.js'
import type { Contact } from '../../src/contacts/contact.js'
import type { ContactEvent } from '../../src/contacts/event.js'
import type { ContactRecord } from '../../src/contacts/record.js'
import type { HeldTag, TagHold } from '../../src/contacts/tag.js'
import type { Value } from '../../src/contacts/value.js'
import type { Rule } from '../../src/rules/ast.js'
import { holds } from '../../src/rules/evaluate.js'
import type { Scope } from '../../src/rules/scope.js'

/** What a test says about a contact and the moment; the rest is as plain as can be. */
export interface Situation {
  readonly id?: string
  readonly attributes?: Readonly<Record<string, Value>>
  readonly tags?: readonly HeldTag[]
  /** In order. */
  readonly events?: readonly ContactEvent[]
  readonly records?: Readonly<Record<string, readonly ContactRecord[]>>
  /** Written, or in ms. */
  readonly now?: string | number
  readonly timeZone?: string
  readonly memberOf?: readonly string[]
}

export function contactOf(situation: Situation): Contact {
  const { id = 'ada', attributes = {}, tags = [], events = [], records = {} } = situation
  return { id, attributes, tags, events, records }
}

export function scopeOf(situation: Situation): Scope {
  const { now = 0, timeZone = 'UTC', memberOf = [] } = situation
  return {
    contact: viewOf(contactOf(situation)),
    now: typeof now === 'string' ? ms(now) : now,
    timeZone,
    inSegment: (segment) => memberOf.includes(segment),
  }
}

/** Whether a rule holds in a situation. */
export function ask(rule: Rule, situation: Situation = {}): boolean {
  return holds(rule, scopeOf(situation))
}

/** Milliseconds of an ISO text with an offset. */
export function ms(iso: string): number {
  const parsed = Date.parse(iso)
  if (Number.isNaN(parsed)) throw new Error(`no date: ${iso}`)
  return parsed
}

/** An instant as a value. */
export function at(iso: string): { readonly instant: number } {
  return { instant: ms(iso) }
}

/** A held tag. */
export function tag(name: string, since = 0, holders: readonly TagHold[] = [{ kind: 'person', at: since }]): HeldTag {
  return { tag: name, since, holders }
}

/** An attribute as an operand. */
export function attr(name: string): { readonly get: 'attribute'; readonly name: string } {
  return { get: 'attribute', name }
}
