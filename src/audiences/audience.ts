import type { SaltedShare } from './draw.js'

/*
 * An audience is plain, frozen data: whom a message reaches and whom not, each with one reason, as it was when the audience
 * was frozen. It can be kept as JSON, and everything that is done with it takes it as it comes back.
 */

/** Why a contact is in an audience (`included`, `test`), or is not. */
export type Reason =
  /** A test contact: always in, and never counted. */
  | { readonly kind: 'test' }
  /** In, by the first of `include` that holds. */
  | { readonly kind: 'included'; readonly by: string }
  /** Drawn into the control group: it would have been in, and is kept from it to compare with. */
  | { readonly kind: 'control' }
  /** In the part of all contacts that is kept from this and other audiences. */
  | { readonly kind: 'holdout' }
  /** Not drawn into the sample. */
  | { readonly kind: 'notSampled' }
  /** Behind those that the cap lets in. */
  | { readonly kind: 'capped' }
  /** It landed in an earlier audience of the waterfall. */
  | { readonly kind: 'earlier'; readonly by: string }
  /** Kept out, by the first of `exclude` that holds. */
  | { readonly kind: 'excluded'; readonly by: string }
  /** Nothing of `include` holds. */
  | { readonly kind: 'notIncluded' }

/** The name of a reason. */
export type ReasonKind = Reason['kind']

/** What an audience says of one contact. */
export interface AudienceEntry {
  readonly contactId: string
  readonly reason: Reason
  /** The instant as of which it was decided, in ms. */
  readonly at: number
  /** Which variant of the message it gets; only of those that are in an audience with variants. */
  readonly variant?: string
  /** Those of the segments under `note` that it was a member of; only of those that are in, and of the control group. */
  readonly segments?: readonly string[]
}

/** Whom a message reaches, as it was decided at one moment. */
export interface Audience {
  readonly id: string
  /** When it was frozen by the engine's clock, in ms, and at which revision. */
  readonly frozenAt: number
  readonly revision: number
  /** How many contacts there are by reason; all of them are named. */
  readonly counts: Readonly<Record<ReasonKind, number>>
  /** One for each contact, in the order in which they were put. */
  readonly entries: readonly AudienceEntry[]
  /** Whom the control group and the holdout are, whoever is or becomes a member of whatever. */
  readonly control?: SaltedShare
  readonly holdout?: SaltedShare
  /** The segments that are told apart when the effect is measured. */
  readonly noted: readonly string[]
}

/** Whether a reason is one to be in. */
export function isIn({ kind }: Reason): boolean {
  return kind === 'included' || kind === 'test'
}

/** The ids of the contacts with a reason, in the order in which they were put: `included` are those who count. */
export function contactsOf(audience: Audience, kind: ReasonKind): readonly string[] {
  return audience.entries.filter(({ reason }) => reason.kind === kind).map(({ contactId }) => contactId)
}

const places = /* @__PURE__ */ new WeakMap<readonly AudienceEntry[], ReadonlyMap<string, AudienceEntry>>()

/** What an audience says of a contact; `undefined` of one that was not there. */
export function entryOf({ entries }: Audience, contactId: string): AudienceEntry | undefined {
  let known = places.get(entries)
  if (known === undefined) {
    known = new Map(entries.map((entry) => [entry.contactId, entry]))
    places.set(entries, known)
  }
  return known.get(contactId)
}
