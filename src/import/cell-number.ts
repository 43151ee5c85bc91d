/** How numbers are written. */
export interface NumberFormat {
  readonly decimal: '.' | ','
  /** What stands between groups of three digits. */
  readonly thousands: string | undefined
}

/**
 * A reader of numbers written with a decimal point or comma, with a sign, with groups of three digits where a separator
 * is declared, and with an exponent. It gives undefined for all else, for what no double can hold, and for whole numbers
 * with more digits than a double keeps: an id read as a number would not come out as it went in.
 */
export function numberReader({ decimal, thousands }: NumberFormat): (text: string) => number | undefined {
  const plain = `\\d+`
  const whole = thousands === undefined ? plain : `\\d{1,3}(?:${escaped(thousands)}\\d{3})+|${plain}`
  const point = escaped(decimal)
  const number = new RegExp(`^[+-]?(?:(${whole})(?:${point}(\\d*))?|${point}\\d+)(?:[eE]([+-]?\\d+))?$`)
  return (text) => {
    const parts = number.exec(text)
    if (parts === null) return undefined
    const digits = thousands === undefined ? text : text.replaceAll(thousands, '')
    const value = Number(decimal === '.' ? digits : digits.replace(decimal, '.'))
    if (!Number.isFinite(value)) return undefined
    const isWhole = parts[2] === undefined && parts[3] === undefined && parts[1] !== undefined
    return isWhole && !Number.isSafeInteger(value) && !isExact(digits, value) ? undefined : value
  }
}

/** Whether a number is the one that the digits write, or is written with them, as doubles beyond 2^53 are. */
function isExact(digits: string, value: number): boolean {
  const bare = digits.replace(/^[+-]?0*/, '')
  if (bare === String(Math.abs(value))) return true
  return bare.length < 400 && BigInt(bare) === BigInt(Math.abs(value))
}

function escaped(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&')
}
