import type { ChangeInput } from '../changes/input.js'
import { viewOf } from '../contacts/contact-view.js'
import type { Contact } from '../contacts/contact.js'
import type { Schema } from '../contacts/schema.js'
import { isLiteral, type LeafRule, type Operand, type Rule } from '../rules/ast.js'
import { holds } from '../rules/evaluate.js'
import { leavesOf, operandsOf, referencesOf } from '../rules/rule-walk.js'
import type { Scope } from '../rules/scope.js'
import { attributeChanges } from './attribute-changes.js'
import { tagAdded, tagRemoved, type ContactChange } from './contact-change.js'
import { itemChanges } from './item-changes.js'

/*
 * The nearest single change of a contact that turns a rule over. For each leaf there are changes that may turn it: its field
 * to a value around what is asked for, a tag more or less, an event or a record more or less. Each is tried on the contact,
 * and the plain evaluator says whether the rule is another then; so what is told is so, and what is not among the tries is
 * not found.
 */

/** A change that turns a rule over, as `engine.apply` takes it. */
export interface SingleChange {
  readonly change: ChangeInput
  /**
   * How far it goes: of a number or a date by how much of itself it moves, a date in years, up to 1; 1 for another text, list
   * or tag, and for a whole number that is whole no more; 2 for an event or a record. Near ones come first.
   */
  readonly distance: number
}

/** So many changes are tried. */
const mostTries = 5_000

/** All that the truth of a rule depends on besides the contact. */
export interface Surroundings {
  readonly now: number
  readonly timeZone: string
  readonly schema: Schema | undefined
  /** What the rule of a segment is, where it says who is in it. */
  readonly ruleOf: (segment: string) => Rule | undefined
  /** Whether the contact is in a segment by hand, or kept out. */
  readonly byHand: (segment: string) => boolean | undefined
}

/** A contact as rules see it, segments decided by their rules when they are asked for. */
export function scopeOf(contact: Contact, { now, timeZone, ruleOf, byHand }: Surroundings): Scope {
  const known = new Map<string, boolean>()
  const scope: Scope = {
    contact: viewOf(contact),
    now,
    timeZone,
    inSegment: (segment) => {
      let found = known.get(segment) ?? byHand(segment)
      if (found === undefined) {
        const rule = ruleOf(segment)
        found = rule !== undefined && holds(rule, scope)
      }
      known.set(segment, found)
      return found
    },
  }
  return scope
}

/** The changes that turn a rule over, the nearest of each kind and field, near ones first. */
export function singleChanges(rule: Rule, contact: Contact, around: Surroundings): readonly SingleChange[] {
  const scope = scopeOf(contact, around)
  const isHeld = holds(rule, scope)
  const nearest = new Map<string, ContactChange>()
  let tries = 0
  for (const leaf of leavesReached(rule, around)) {
    const candidates = [
      ...attributeChanges(leaf, contact, scope, around.schema),
      ...tagChanges(leaf, contact, around.now),
      ...itemChanges(leaf, contact, scope, around.schema),
    ]
    for (const candidate of candidates) {
      if (++tries > mostTries) break
      const place = placeOf(candidate.change)
      const known = nearest.get(place)
      if (known !== undefined && known.distance <= candidate.distance) continue
      if (holds(rule, scopeOf(candidate.after, around)) !== isHeld) nearest.set(place, candidate)
    }
  }
  const sorted = [...nearest.values()].sort((a, b) => a.distance - b.distance)
  return Object.freeze(sorted.map(({ change, distance }) => Object.freeze({ change, distance })))
}

/** The leaves of a rule and of the segments that it leads to. */
function leavesReached(rule: Rule, { ruleOf }: Surroundings): readonly LeafRule[] {
  const segments = referencesOf(rule)
  const reached = new Set(segments)
  const leaves = leavesOf(rule).map(({ leaf }) => leaf)
  for (const segment of reached) {
    const inner = ruleOf(segment)
    if (inner === undefined) continue
    for (const next of referencesOf(inner)) reached.add(next)
    leaves.push(...leavesOf(inner).map(({ leaf }) => leaf))
  }
  return leaves
}

/** What a change is of: of changes of one place the nearest is told. */
function placeOf(change: ChangeInput): string {
  switch (change.type) {
    case 'contact.patch':
      return `attribute ${Object.keys(change.attributes).join()}`
    case 'event.record':
      return `event ${change.event.type}`
    case 'record.put':
    case 'record.remove':
      return `${change.type} ${change.collection}`
    case 'tag.add':
    case 'tag.remove':
      return `tag ${JSON.stringify(change.tags)}`
    default:
      return change.type
  }
}

/** Changes of a tag by which a leaf may turn over. Tags that an automatic rule holds are not taken away by hand. */
function tagChanges(leaf: LeafRule, contact: Contact, now: number): readonly ContactChange[] {
  const held = new Set(contact.tags.map(({ tag }) => tag))
  const added = tagsNamed(leaf)
    .filter((tag) => !held.has(tag))
    .map((tag) => tagAdded(contact, tag, now, { kind: 'person' }))
  const removed = contact.tags
    .filter(({ holders }) => holders.every(({ kind }) => kind !== 'rule'))
    .map(({ tag }) => tagRemoved(contact, tag))
  if (leaf.op !== 'tagHeldBy') return isAboutTags(leaf) ? [...added, ...removed] : []
  const { tag, holder: kind, by } = leaf
  const isHolding = contact.tags.some(
    (one) => one.tag === tag && one.holders.some((hold) => hold.kind === kind && hold.by === by),
  )
  // What automatic rules hold, they take on themselves.
  const taken =
    isHolding || kind === 'rule'
      ? []
      : [tagAdded(contact, tag, now, { kind, ...(by === undefined ? undefined : { by }) })]
  return [...taken, ...removed]
}

function isAboutTags(leaf: LeafRule): boolean {
  return tagsNamed(leaf).length > 0
}

/** The tags that a leaf names, and one for each pattern and number of tags. */
function tagsNamed(leaf: LeafRule): readonly string[] {
  switch (leaf.op) {
    case 'hasTag':
    case 'tagHeldBy':
      return [leaf.tag]
    case 'hasAnyTag':
    case 'hasAllTags':
    case 'hasNoneOfTags':
      return leaf.tags
    case 'hasTagLike':
      return [leaf.pattern.replaceAll('*', '') || 'tag']
    default:
      return operandsOf(leaf).flatMap(({ operand }) => tagsOf(operand))
  }
}

function tagsOf(operand: Operand): readonly string[] {
  if (isLiteral(operand)) return []
  if (operand.get === 'tagAdded') return [operand.tag]
  return operand.get === 'tagCount' ? ['tag'] : []
}
