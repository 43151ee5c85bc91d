import type { ContactEvent, ContactName, ContactRecord, Engine, Holder, Path, Transition, Value } from 'coterie'
import type { Rule } from 'coterie/rules'
import type { DateWords } from './dates.js'
import { nounOf } from './item-words.js'
import { attributesIn, nodeAt, tagsAskedFor, windowsIn } from './rule-parts.js'
import { durationInWords, operandInWords, ruleInWords, type Names } from './rule-words.js'
import { valueInWords } from './value-words.js'

/** What it takes to say why somebody moved. */
export interface Known {
  readonly engine: Pick<Engine, 'segments'>
  readonly names: Names & { contact(id: string): string }
  readonly dates: DateWords
  /** The attribute's value before the change at hand. */
  before(attribute: string): Value | undefined
  /** What happened to a contact at an instant, where it was recorded before its time. */
  happened?(contactId: string, at: number): ContactEvent | undefined
}

/**
 * Why transitions came, in a few words each. It remembers those of the change or step at hand, since one that moved
 * through another segment has the cause of the other's.
 */
export class CauseWords {
  readonly #known: Known
  #revision = -1
  #step = new Map<string, Transition>()

  constructor(known: Known) {
    this.#known = known
  }

  /** Notes a transition; every one has to be, in order, so that others can be told through it. */
  note(transition: Transition): void {
    const { cause, contactId, segmentId } = transition
    if (cause.revision !== this.#revision) this.#step = new Map()
    this.#revision = cause.revision
    this.#step.set(`${segmentId} ${contactId}`, transition)
  }

  /** The words for a transition, as long as the next change has not come. */
  of(transition: Transition): string {
    const { cause, contactId } = transition
    const through = cause.through === undefined ? undefined : this.#step.get(`${cause.through} ${contactId}`)
    if (through === undefined) return this.#own(transition)
    return `${this.of(through)} (through ${this.#known.names.segment(through.segmentId)})`
  }

  #own(transition: Transition): string {
    const { cause, contactId, segmentId, type } = transition
    const { names, dates, engine } = this.#known
    const { change } = cause
    const rule = engine.segments.get(segmentId)?.rule
    switch (change?.type) {
      case undefined: {
        const event = this.#known.happened?.(contactId, transition.at)
        if (event !== undefined) return this.#eventInWords(event)
        return `time alone: ${this.#timeInWords(rule, cause.window, type)}`
      }
      case 'contact.put':
        return 'new contact'
      case 'contact.remove':
        return 'contact removed'
      case 'contact.patch':
        return this.#patchInWords(rule, change.attributes, transition.at)
      case 'contact.merge':
        return contactId === change.from
          ? 'merged into another contact'
          : `merged with ${contactInWords(change.from, names)}`
      case 'event.record':
        return this.#eventInWords(change.event)
      case 'record.put':
        return this.#recordInWords(change.collection, change.record)
      case 'record.remove':
        return `${change.collection.replace(/s$/, '')} ${change.id} taken off`
      case 'tag.add':
        return `${tagsInWords(rule, change.tags)} put on by ${holderInWords(change.holder)}`
      case 'tag.remove':
        return `${tagsInWords(rule, change.tags)} taken off`
      case 'member.include':
      case 'member.exclude': {
        const by = change.type === 'member.include' ? 'put in' : 'kept out'
        const until = change.until === undefined ? '' : ` until ${dates.full(change.until)}`
        return `${by} by hand${until}${change.reason === undefined ? '' : `: ${change.reason}`}`
      }
      case 'member.reset':
        return 'set back by hand'
      default:
        return 'as the segment was defined'
    }
  }

  /** What the clock did: a date crossed the edge of a window, or what was done by hand has ended. */
  #timeInWords(rule: Rule | undefined, window: Path | undefined, type: Transition['type']): string {
    if (rule === undefined || window === undefined)
      return type === 'exit' ? 'put in by hand until now' : 'kept out by hand until now'
    const node = nodeAt(rule, window)
    const { names } = this.#known
    if (node.op === 'inLast' || node.op === 'notInLast' || node.op === 'moreThanAgo') {
      return `${operandInWords(node.left, names)} exactly ${durationInWords(node.duration)} ago`
    }
    const [items, ...others] = windowsIn(node)
    if (items?.window.window !== 'inLast' || others.length > 0) return ruleInWords(node, names)
    return `a ${nounOf(items)} exactly ${durationInWords(items.window.duration)} ago`
  }

  /** `purchase: quantity 2, amount 29.33`. */
  #eventInWords({ type, properties }: Pick<ContactEvent, 'type' | 'properties'>): string {
    const said = Object.entries(properties).map(([name, value]) => `${name} ${valueInWords(value, this.#known.dates)}`)
    return said.length === 0 ? type : `${type}: ${said.join(', ')}`
  }

  /** `deal: status open, value 900`. */
  #recordInWords(collection: string, record: ContactRecord): string {
    const fields = Object.entries(record).filter(([name]) => name !== 'id')
    const properties = Object.fromEntries(fields) as ContactEvent['properties']
    return this.#eventInWords({ type: collection.replace(/s$/, ''), properties })
  }

  /** `lead score 78 → 84`, of the attributes that the rule asks for. */
  #patchInWords(rule: Rule | undefined, attributes: { readonly [name: string]: Value | null }, now: number): string {
    const asked = rule === undefined ? new Set<string>() : attributesIn(rule)
    const named = Object.keys(attributes).filter((name) => asked.has(name))
    return named
      .map((name) => {
        const [before, after] = [this.#known.before(name), attributes[name] ?? undefined]
        const change = `${this.#valueInWords(before, now)} → ${this.#valueInWords(after, now)}`
        return `${this.#known.names.attribute(name)} ${change}`
      })
      .join(', ')
  }

  #valueInWords(value: Value | undefined, now: number): string {
    if (value === undefined) return 'none'
    if (typeof value === 'object' && 'instant' in value && value.instant === now) return 'now'
    return valueInWords(value, this.#known.dates)
  }
}

function contactInWords(contact: ContactName, names: Known['names']): string {
  return typeof contact === 'string' ? names.contact(contact) : `${contact.channel} ${contact.id}`
}

function tagsInWords(rule: Rule | undefined, tags: readonly string[]): string {
  const asked = rule === undefined ? tags : tagsAskedFor(rule, tags)
  return `${asked.length === 1 ? 'tag' : 'tags'} ${asked.join(', ')}`
}

function holderInWords({ kind, by }: Holder): string {
  if (by !== undefined) return by
  return kind === 'import' ? 'an import' : kind === 'behaviour' ? 'behaviour' : `a ${kind}`
}
