import { lowerCase } from '../base/text.js'

/*
 * When names are near-duplicates, and when they look like data. Both are functions of one name, so that no pairs of names are
 * looked at.
 */

/**
 * What names that are hard to tell apart have in common: letters without case and marks, digits, and the few signs that
 * make a difference, such as in C and C++. Between digits a mark counts: 1.0 is not 10. Undefined where nothing is left.
 */
export function likenessOf(name: string): string | undefined {
  const plain = lowerCase(name.normalize('NFKD')).replaceAll(/\p{M}/gu, '')
  const parted = plain.replaceAll(/(?<=\p{N})[^\p{L}\p{N}+#%&$€£]+(?=\p{N})/gu, '\u0001')
  const key = parted.replaceAll(/[^\p{L}\p{N}+#%&$€£\u0001]/gu, '')
  return key === '' ? undefined : key
}

/** What a name looks like where it looks like data. */
export type DataLikeness = 'an e-mail address' | 'a phone number' | 'an id' | 'a date' | 'an amount' | 'a web address'

const looks: readonly (readonly [DataLikeness, RegExp])[] = [
  ['an e-mail address', /^[^\s@:/]+@[^\s@:/]+\.[^\s@.:/]+$/u],
  ['a web address', /^(?:https?:\/\/|www\.)\S+$/iu],
  ['a date', /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?:[T ]\d{1,2}:\d{2}\S*)?$/u],
  ['an amount', /^[-+]?(?:[$€£¥]\s?\d[\d.,'\u00A0 ]*|\d[\d.,'\u00A0 ]*\s?(?:[$€£¥]|EUR|USD|GBP|CHF|%))$/iu],
  ['a phone number', /^(?:\+|00)\d[\d\s()./-]{6,20}$|^\(?0\d{1,4}\)?[\s./-]\d[\d\s./-]{3,14}$/u],
  [
    'an id',
    /^(?:[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|[\da-f]{16,}|#?\d{5,}|[A-Z]{1,5}[-_]?\d{5,})$/iu,
  ],
]

/** What a name looks like; undefined where it looks like a name. What stands before the first colon is left aside. */
export function dataLikenessOf(name: string): DataLikeness | undefined {
  const whole = likeOf(name.trim())
  if (whole !== undefined) return whole
  const colon = name.indexOf(':')
  return colon < 0 || name.startsWith('//', colon + 1) ? undefined : likeOf(name.slice(colon + 1).trim())
}

function likeOf(text: string): DataLikeness | undefined {
  return text.length > 128 ? undefined : looks.find(([, look]) => look.test(text))?.[0]
}
