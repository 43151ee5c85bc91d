import type { ContactName } from '../changes/change.js'
import type { SegmentName } from '../engine/segment-name.js'
import type { AsOf } from '../population/as-of.js'
import type { Selection } from '../population/selection.js'
import type { SaltedShare } from './draw.js'

/** A sample: a share of those who are eligible, or a number of them. */
export type SampleOptions = {
  readonly salt: string
  /** An attribute: each of its values gives its share, to one contact; those without it are a stratum of their own. */
  readonly stratifyBy?: string
} & ({ readonly percent: number } | { readonly size: number })

/** How many are let in at most, and which of them first: by a salt, or by an attribute. Of equals the smaller id. */
export type CapOptions = { readonly most: number } & (
  { readonly salt: string } | { readonly highest: string } | { readonly lowest: string }
)

/** The variants of a message, and how likely each is: by their weights. */
export interface VariantOptions {
  readonly salt: string
  readonly weights: Readonly<Record<string, number>>
}

/** Whom a message is for. All but `id` and `include` may be left out. */
export interface AudienceOptions {
  readonly id: string
  /** Who is eligible: whoever any of these holds for. */
  readonly include: readonly Selection[]
  /** Who is not: whoever any of these holds for. */
  readonly exclude?: readonly Selection[]
  /** As of when that is asked: an instant, or a local time of each contact. Default now. */
  readonly asOf?: AsOf
  /** A part of all contacts that is kept from this audience, and from all others that name the same. */
  readonly holdout?: SaltedShare
  /** A part of those who would be in: kept from it, to compare with. */
  readonly control?: SaltedShare
  readonly sample?: SampleOptions
  readonly cap?: CapOptions
  /** Contacts that are always in, are never counted, and never drawn. */
  readonly test?: readonly ContactName[]
  readonly variants?: VariantOptions
  /** Segments to remember of those who are in and of the control group, for measuring the effect by them. */
  readonly note?: readonly SegmentName[]
}
