/**
 * Orders two texts by code point: negative, zero or positive. The order of `<` is by UTF-16 code unit, which puts
 * U+1F600 (written with the unit D83D) before U+FF5E.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** Moves the units of surrogate pairs above all others, which is where the code points they write belong. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** Under the flag `u` a pair is one code point, so this finds only halves that stand alone. */
const loneSurrogate = /[\uD800-\uDFFF]/u

/** Whether `text` can be a value: no half of a surrogate pair without the other, and no U+0000. */
export function isWellFormed(text: string): boolean {
  if (text.length <= shortText && isPlain(text)) return true
  return !text.includes('\0') && !loneSurrogate.test(text)
}

/** Names and most values are short: to look at each unit then costs less than to begin a search. */
const shortText = 32

/** Whether no unit is U+0000 or half a pair. */
function isPlain(text: string): boolean {
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place)
    if (unit === 0 || (unit >= 0xd800 && unit <= 0xdfff)) return false
  }
  return true
}

/**
 * Replaces each code point by its simple lower-case mapping (the `Simple_Lowercase_Mapping` of Unicode), one for one,
 * without regard to language or neighbours.
 *
 * `toLowerCase` is the full mapping. It differs for two code points only: `Σ` becomes `ς` at the end of a word, and
 * `İ` becomes two code points. Here they are `σ` and `i`, always.
 */
export function lowerCase(text: string): string {
  if (!text.includes('Σ') && !text.includes('İ')) return text.toLowerCase()
  return text.replaceAll('Σ', 'σ').replaceAll('İ', 'i').toLowerCase()
}

/** The number of code points in `text`; half a surrogate pair counts as one. */
export function codePointLength(text: string): number {
  let length = text.length
  for (let i = 1; i < text.length; i++) {
    if (!isLow(text.charCodeAt(i)) || !isHigh(text.charCodeAt(i - 1))) continue
    length--
    i++
  }
  return length
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
