import { compareText } from '../base/text.js'
import { isDay, isInstant, valueKey, type Value } from '../contacts/value.js'
import type { AnyEngine } from '../population/any-engine.js'
import { holdersAt, type Holders } from '../population/holders.js'
import type { ReadSelection } from '../population/selection.js'
import { isIn, type Audience, type AudienceEntry, type Reason, type ReasonKind } from './audience.js'
import type { AudienceOptions, CapOptions, SampleOptions } from './audience-options.js'
import { isDrawn, placesOf, shuffled } from './draw.js'
import { readAudience, type ReadAudience } from './read-audience.js'
import { stratified } from './strata.js'
import { variantFor } from './variants.js'

/*
 * Each contact is asked in this order, and the first answer is its reason: a test contact is in; nothing includes it;
 * something excludes it; it landed in an earlier audience; it is held out. Who is left is eligible. Of these the sample is
 * drawn, and what it leaves is walked through in the order of the cap: those of the control group are set aside, the others
 * let in, until so many are in. Whoever comes after is capped, also one that would have been in the control group, so that
 * the control group is drawn from the same contacts as those who are in.
 */

/**
 * Decides whom a message reaches, and freezes it: every contact with exactly one reason.
 *
 * @throws CoterieError `OPTION_INVALID`, `SEGMENT_UNKNOWN`, `CONTACT_UNKNOWN`, and what is wrong with a rule or a date.
 */
export function audienceOf(engine: AnyEngine, options: AudienceOptions): Audience {
  const audience = readAudience(engine, options)
  return decide(engine, audience, holdersAt(engine, audience.asOf), () => undefined)
}

/** Decides an audience; `earlier` says in which one before it in a waterfall a contact has landed. */
export function decide(
  engine: AnyEngine,
  audience: ReadAudience,
  holders: Holders,
  earlier: (contactId: string) => string | undefined,
): Audience {
  const { id, asOf, variants, note, control, holdout } = audience
  const ids = engine.contacts.ids()
  const reasons = new Map<string, Reason>()
  const includedBy = new Map<string, string>()
  for (const contactId of ids) {
    const by = firstOf(audience.include, contactId, holders)
    const reason = reasonBefore(audience, contactId, by, holders, earlier)
    if (reason !== undefined) reasons.set(contactId, reason)
    else includedBy.set(contactId, by ?? '')
  }
  for (const [contactId, reason] of drawn(engine, audience, includedBy)) reasons.set(contactId, reason)
  const entries = ids.map((contactId): AudienceEntry => {
    const reason = reasons.get(contactId) ?? notIncluded
    const isCompared = isIn(reason) || reason.kind === 'control'
    const segments = note.filter(({ rule }) => isCompared && holders(rule, contactId)).map(({ name }) => name)
    return Object.freeze({
      contactId,
      reason,
      at: asOf.instantOf(contactId),
      ...(variants !== undefined && isIn(reason) ? { variant: variantFor(variants, contactId) } : undefined),
      ...(note.length > 0 && isCompared ? { segments: Object.freeze(segments) } : undefined),
    })
  })
  return Object.freeze({
    id,
    frozenAt: engine.now,
    revision: engine.revision,
    counts: countsOf(entries),
    entries: Object.freeze(entries),
    ...(control === undefined ? undefined : { control }),
    ...(holdout === undefined ? undefined : { holdout }),
    noted: Object.freeze(note.map(({ name }) => name)),
  })
}

const test: Reason = /* @__PURE__ */ Object.freeze({ kind: 'test' })
const notIncluded: Reason = /* @__PURE__ */ Object.freeze({ kind: 'notIncluded' })
const inHoldout: Reason = /* @__PURE__ */ Object.freeze({ kind: 'holdout' })
const inControl: Reason = /* @__PURE__ */ Object.freeze({ kind: 'control' })
const notSampled: Reason = /* @__PURE__ */ Object.freeze({ kind: 'notSampled' })
const capped: Reason = /* @__PURE__ */ Object.freeze({ kind: 'capped' })

/** The reason of a contact that is not drawn from; undefined of one that is. */
function reasonBefore(
  audience: ReadAudience,
  contactId: string,
  includedBy: string | undefined,
  holders: Holders,
  earlier: (contactId: string) => string | undefined,
): Reason | undefined {
  if (audience.test.has(contactId)) return test
  if (includedBy === undefined) return notIncluded
  const excludedBy = firstOf(audience.exclude, contactId, holders)
  if (excludedBy !== undefined) return { kind: 'excluded', by: excludedBy }
  const by = earlier(contactId)
  if (by !== undefined) return { kind: 'earlier', by }
  return audience.holdout !== undefined && isDrawn(audience.holdout, contactId) ? inHoldout : undefined
}

function firstOf(selections: readonly ReadSelection[], contactId: string, holders: Holders): string | undefined {
  return selections.find(({ rule }) => holders(rule, contactId))?.name
}

/** The reasons of those who are eligible, given with what includes them. */
function* drawn(
  engine: AnyEngine,
  { sample, cap, control }: ReadAudience,
  eligible: ReadonlyMap<string, string>,
): Iterable<readonly [string, Reason]> {
  const ids = [...eligible.keys()]
  const chosen = sample === undefined ? undefined : sampleOf(engine, sample, ids)
  let room = cap?.most ?? Infinity
  for (const contactId of cap === undefined ? ids : inOrderOf(engine, cap, ids)) {
    if (chosen?.has(contactId) === false) {
      yield [contactId, notSampled]
    } else if (room === 0) {
      yield [contactId, capped]
    } else if (control !== undefined && isDrawn(control, contactId)) {
      yield [contactId, inControl]
    } else {
      room -= 1
      yield [contactId, { kind: 'included', by: eligible.get(contactId) ?? '' }]
    }
  }
}

function sampleOf(engine: AnyEngine, sample: SampleOptions, ids: readonly string[]): ReadonlySet<string> {
  const { salt, stratifyBy } = sample
  const stratumOf = (contactId: string): string => {
    const value = stratifyBy === undefined ? undefined : engine.contact(contactId).get(stratifyBy)
    return value === undefined ? '' : valueKey(value)
  }
  if ('size' in sample) return stratified(ids, sample.size, salt, stratumOf)
  if (stratifyBy === undefined) return new Set(ids.filter((contactId) => isDrawn(sample, contactId)))
  return stratified(ids, Math.round((ids.length * placesOf(sample, 'sample')) / 10_000), salt, stratumOf)
}

function inOrderOf(engine: AnyEngine, cap: CapOptions, ids: readonly string[]): readonly string[] {
  if ('salt' in cap) return shuffled(ids, cap.salt)
  const [attribute, sign] = 'highest' in cap ? [cap.highest, -1] : [cap.lowest, 1]
  return ids
    .map((id) => ({ id, size: sizeOf(engine.contact(id).get(attribute)) }))
    .sort((a, b) => bySize(a.size, b.size, sign) || compareText(a.id, b.id))
    .map(({ id }) => id)
}

/** What has an order, as a number; days count like instants, so that a column of days has one too. */
function sizeOf(value: Value | undefined): number | undefined {
  if (value === undefined || typeof value === 'number') return value
  if (isInstant(value)) return value.instant
  return isDay(value) ? Date.parse(value.day) : undefined
}

/** Those without a size come last, whichever way. */
function bySize(a: number | undefined, b: number | undefined, sign: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return a === b ? 0 : a < b ? -sign : sign
}

function countsOf(entries: readonly AudienceEntry[]): Readonly<Record<ReasonKind, number>> {
  const counts: Record<ReasonKind, number> = {
    included: 0,
    test: 0,
    control: 0,
    holdout: 0,
    notSampled: 0,
    capped: 0,
    earlier: 0,
    excluded: 0,
    notIncluded: 0,
  }
  for (const { reason } of entries) counts[reason.kind] += 1
  return Object.freeze(counts)
}
