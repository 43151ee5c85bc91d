import { CoterieError, show } from '../base/errors.js'
import { md5First32, samplePlace } from '../base/md5.js'
import { compareText } from '../base/text.js'

/*
 * Who is drawn. Each salt shuffles all contacts into one order, by the hash that `inSample` of rules uses. A share is the
 * contacts on the first places of that order out of 10,000: whether somebody is in it depends on salt and id alone, so it
 * stays so whatever else happens. A number of contacts is the first so many of those at hand.
 */

/** A part of all contacts, always the same ones. */
export interface SaltedShare {
  /** What the contacts are shuffled by; two salts are independent of each other. */
  readonly salt: string
  /** How many per cent, with at most two decimals. */
  readonly percent: number
}

/** How many places of 10,000 a share takes. Throws `OPTION_INVALID`. */
export function placesOf(share: SaltedShare, option: string): number {
  checkSalt(share.salt, option)
  const places = Math.round(share.percent * 100)
  if (places >= 0 && places <= 10_000 && Math.abs(share.percent * 100 - places) < 1e-6) return places
  throw drawInvalid([option, 'percent'], share.percent, 'per cent from 0 to 100, with at most two decimals')
}

/** Whether a contact is in a share. */
export function isDrawn({ salt, percent }: SaltedShare, contactId: string): boolean {
  return samplePlace(salt, contactId) < Math.round(percent * 100)
}

/** Contacts in the order of a salt. */
export function shuffled(contactIds: readonly string[], salt: string): readonly string[] {
  return contactIds
    .map((id) => ({ id, place: md5First32(`${salt}:${id}`) }))
    .sort((a, b) => a.place - b.place || compareText(a.id, b.id))
    .map(({ id }) => id)
}

/** Throws `OPTION_INVALID` where a salt is none. */
export function checkSalt(salt: unknown, option: string): void {
  if (typeof salt !== 'string' || salt === '') throw drawInvalid([option, 'salt'], salt, 'a text that is not empty')
}

/**
 * Checks that no two draws of an audience have one salt: the control group would then be the first to be sampled, not a
 * part of the sample. Throws `OPTION_INVALID`.
 */
export function checkSalts(draws: readonly (readonly [option: string, salt: string | undefined])[]): void {
  const known = new Map<string, string>()
  for (const [option, salt] of draws) {
    if (salt === undefined) continue
    const other = known.get(salt)
    if (other !== undefined) throw drawInvalid([option, 'salt'], salt, `another salt than that of ${other}`)
    known.set(salt, option)
  }
}

/** The error for an option of a draw that is wrong. */
export function drawInvalid(path: readonly (string | number)[], received: unknown, expected: string): CoterieError {
  return new CoterieError('OPTION_INVALID', `The option ${path.join('.')} is wrong`, {
    path,
    received: show(received),
    expected,
  })
}
