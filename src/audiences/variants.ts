import { md5First32 } from '../base/md5.js'
import type { VariantOptions } from './audience-options.js'
import { checkSalt, drawInvalid } from './draw.js'

/** The variants of a message, each with the end of its stretch of the order of the salt, from 0 to 1. */
export interface ReadVariants {
  readonly salt: string
  readonly ends: readonly { readonly name: string; readonly end: number }[]
}

/** Reads the variants of a message. Throws `OPTION_INVALID`. */
export function readVariants({ salt, weights }: VariantOptions): ReadVariants {
  checkSalt(salt, 'variants')
  const given = Object.entries(weights)
  for (const [name, weight] of given)
    if (!(weight >= 0 && weight < Infinity)) throw drawInvalid(['variants', 'weights', name], weight, 'a number from 0')
  const total = given.reduce((sum, [, weight]) => sum + weight, 0)
  if (total === 0) throw drawInvalid(['variants', 'weights'], weights, 'a variant with a weight')
  let sum = 0
  return { salt, ends: given.map(([name, weight]) => ({ name, end: (sum += weight) / total })) }
}

/** Which variant a contact gets: always the same, while the weights are. */
export function variantFor({ salt, ends }: ReadVariants, contactId: string): string {
  const place = md5First32(`${salt}:${contactId}`) / 2 ** 32
  const found = ends.find(({ end }) => place < end) ?? ends.at(-1)
  return found?.name ?? ''
}
