import { CoterieError, show } from '../base/errors.js'
import type { SegmentDamping, SegmentKind } from '../changes/change.js'
import type { SegmentInput } from '../changes/input.js'
import type { Schema } from '../contacts/schema.js'
import type { Engine } from '../engine/engine.js'
import type { Rule } from '../rules/ast.js'
import { ruleOf } from '../rules/read-rule.js'
import { rulesEqual } from '../rules/rule-key.js'
import { givesDamping, sameDamping } from '../segments/damping.js'
import { plannedDamping } from './planned-damping.js'

/** What would become of a segment. */
export type PlannedAction = 'add' | 'redefine' | 'describe' | 'keep' | 'remove'

/** A segment as it would be. */
export interface Planned {
  readonly id: string
  readonly kind: SegmentKind
  /** The rule as it would be; of a static segment, whom to put in. */
  readonly rule: Rule | undefined
  /** Of a damped one, as it would be. */
  readonly damping: SegmentDamping | undefined
  /** Those put in by the definition in place of those who are. */
  readonly contacts: ReadonlySet<string> | undefined
  readonly action: PlannedAction
}

/**
 * A segment as it would be by a definition, or without one.
 *
 * @throws CoterieError for a rule that cannot be read; `SEGMENT_KIND`, `CHANGE_INVALID` where a rule is missing, `CONTACT_UNKNOWN`.
 */
export function plannedOf<S extends Schema>(
  engine: Engine<S>,
  id: string,
  given: SegmentInput | undefined,
  segments: readonly string[],
  stays: boolean,
): Planned {
  const live = engine.segments.get(id)
  const kind = given?.kind ?? live?.kind ?? kindOf(given)
  if (live !== undefined && live.kind !== kind)
    throw otherKind(id, live.kind, `${kind}; segments.convert changes a kind`)
  if (!stays) return { id, kind, rule: undefined, damping: undefined, contacts: undefined, action: 'remove' }
  if (kind !== 'damped' && givesDamping(given ?? {}))
    throw otherKind(id, kind, 'a damped segment, where stay, minimumStay or coolDown are given')
  if ((kind === 'dynamic' || kind === 'damped') && given?.contacts !== undefined)
    throw otherKind(id, kind, 'a static or hybrid segment, where contacts are given')
  const { schema, timeZone, weekStartsOn, limits } = engine
  const options = { schema, timeZone, weekStartsOn, limits, segments }
  const read = given?.rule === undefined ? undefined : ruleOf(given.rule, options)
  const rule = read ?? live?.rule
  if (kind !== 'static' && rule === undefined) throw ruleMissing(id, kind)
  const contacts = given?.contacts === undefined ? undefined : new Set(given.contacts.map((name) => idOf(engine, name)))
  const isSame = read === undefined || (kind !== 'static' && live?.rule !== undefined && rulesEqual(live.rule, read))
  const damping = kind === 'damped' ? plannedDamping(live?.damping ?? {}, given ?? {}, options) : undefined
  const isRedefined = !isSame || contacts !== undefined || !sameDamping(live?.damping, damping)
  const action =
    live === undefined ? 'add' : isRedefined ? 'redefine' : isDescribed(live.description, given) ? 'describe' : 'keep'
  return { id, kind, rule, damping, contacts, action }
}

/** The kind of a new segment of which none is said. */
function kindOf(given: SegmentInput | undefined): SegmentKind {
  if (givesDamping(given ?? {})) return 'damped'
  return given?.rule === undefined ? 'static' : 'dynamic'
}

function idOf<S extends Schema>(engine: Engine<S>, name: NonNullable<SegmentInput['contacts']>[number]): string {
  const contact = engine.contacts.get(name)
  if (contact !== undefined) return contact.id
  throw new CoterieError('CONTACT_UNKNOWN', `There is no contact ${show(name)}`, {
    received: show(name),
    expected: 'a contact that is there',
  })
}

/** Whether a definition says of a segment what is not said of it yet; whether it keeps visits is not to be seen from outside. */
function isDescribed(live: object, given: SegmentInput | undefined): boolean {
  const said = new Map(Object.entries(live))
  if (given?.visits !== undefined) return true
  return ['name', 'description', 'owner', 'labels', 'data'].some((part) => {
    const value = given?.[part as keyof SegmentInput]
    return value !== undefined && JSON.stringify(value ?? undefined) !== JSON.stringify(said.get(part))
  })
}

function otherKind(id: string, kind: string, expected: string): CoterieError {
  return new CoterieError('SEGMENT_KIND', `Segment ${show(id)} is ${kind}`, { path: [id], received: kind, expected })
}

function ruleMissing(id: string, kind: string): CoterieError {
  return new CoterieError('CHANGE_INVALID', `Segment ${show(id)} is ${kind} and needs a rule`, {
    path: [id, 'rule'],
    received: 'no rule',
    expected: 'a rule',
  })
}
