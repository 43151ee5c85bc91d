import type { ContactName } from '../changes/change.js'
import { optionInvalid, plainOptions } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import { readAsOf, type AsOf } from '../population/as-of.js'
import { holdersAt } from '../population/holders.js'
import { decide } from './audience-of.js'
import { entryOf, type Audience, type Reason } from './audience.js'
import type { AudienceOptions } from './audience-options.js'
import type { SaltedShare } from './draw.js'
import { readAudience } from './read-audience.js'

/** What holds of all audiences of a waterfall, where they do not say otherwise. */
export interface WaterfallOptions {
  readonly asOf?: AsOf
  readonly holdout?: SaltedShare
  readonly test?: readonly ContactName[]
}

/** Where a contact landed, or why nowhere. */
export interface Landing {
  readonly contactId: string
  /** The audience that it is in, or in whose control group; `undefined` where it landed in none. */
  readonly audience?: string
  /** The reason in that audience; of one that landed in none, that of the first which nearly had it, or `notIncluded`. */
  readonly reason: Reason
}

/** Audiences in order, each contact in at most one of them. */
export interface Waterfall {
  readonly audiences: readonly Audience[]
  /** One for each contact, in the order in which they were put. */
  readonly landings: readonly Landing[]
}

/**
 * Decides audiences one after the other, as of one moment: each contact lands in the first that takes it, be it in its
 * control group, and in no other. One that an audience leaves out by sample or cap goes on to the next. Only test contacts
 * are in every audience that names them.
 *
 * @throws CoterieError as `audienceOf`; `OPTION_INVALID` where two audiences have one id.
 */
export function waterfall(
  engine: AnyEngine,
  audiences: readonly AudienceOptions[],
  options: WaterfallOptions = {},
): Waterfall {
  const { asOf, holdout, test } = plainOptions('options', options)
  const moment = readAsOf(engine, asOf)
  const holders = holdersAt(engine, moment)
  const landed = new Map<string, string>()
  const decided: Audience[] = []
  for (const given of audiences) {
    const own = plainOptions('options', given)
    if (own.asOf !== undefined) throw optionInvalid('asOf', own.asOf, 'asOf of the waterfall: one moment for all')
    const audience = readAudience(engine, {
      ...(holdout === undefined ? undefined : { holdout }),
      ...(test === undefined ? undefined : { test }),
      ...own,
    })
    if (decided.some(({ id }) => id === audience.id)) throw optionInvalid('id', audience.id, 'ids that differ')
    const next = decide(engine, { ...audience, asOf: moment }, holders, (contactId) => landed.get(contactId))
    for (const { contactId, reason } of next.entries)
      if (lands(reason) && !landed.has(contactId)) landed.set(contactId, next.id)
    decided.push(next)
  }
  const landings = engine.contacts.ids().map((contactId) => landingOf(decided, contactId))
  return Object.freeze({ audiences: Object.freeze(decided), landings: Object.freeze(landings) })
}

function lands({ kind }: Reason): boolean {
  return kind === 'included' || kind === 'test' || kind === 'control'
}

function landingOf(audiences: readonly Audience[], contactId: string): Landing {
  let near: Reason | undefined
  for (const audience of audiences) {
    const reason = entryOf(audience, contactId)?.reason
    if (reason === undefined) continue
    if (lands(reason)) return Object.freeze({ contactId, audience: audience.id, reason })
    if (near === undefined || near.kind === 'notIncluded') near = reason
  }
  const reason: Reason = near ?? { kind: 'notIncluded' }
  return Object.freeze({ contactId, reason })
}
