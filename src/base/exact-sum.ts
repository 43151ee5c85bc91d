/*
 * Sums in which every number stands for the decimal numeral that JSON prints for it: 0.1 and 0.2 make 0.3, whatever the order
 * and whatever came and went between. A numeral is a whole number times a power of ten, so the sum is kept as one too, exactly,
 * and rounded once, when asked for: reading a numeral gives the nearest double, ties to even.
 *
 * Costs: while all numbers have few decimals and the sum stays small, an addition is one of doubles that hold whole numbers
 * exactly; beyond that, one of big integers.
 */

/** The scales for which plain doubles are tried: up to six decimals. */
const scales: readonly number[] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
const largest = Number.MAX_SAFE_INTEGER

/** An exact sum of decimal numerals. */
export class ExactSum {
  /** The sum times ten to the `#decimals`, as long as it fits into a double. */
  #small = 0
  #decimals = 0
  /** The sum beyond that: this times ten to the minus `#places`. */
  #big = 0n
  #places = 0

  /** Adds a finite number. */
  add(value: number): void {
    if (!this.#addSmall(value)) this.#addNumeral(numeralOf(String(value)))
  }

  /** Adds a decimal numeral, such as the {@link text} of another sum. */
  addText(text: string): void {
    const value = Number(text)
    // Where JSON prints the same numeral for the double, adding that is adding the numeral.
    if (String(value) === text) this.add(value)
    else this.#addNumeral(numeralOf(text))
  }

  /** The sum as a decimal numeral, exactly: `12.5`, `-0.001`, `0`. Equal sums have one text, however they came about. */
  get text(): string {
    const { digits, places } = this.#total()
    const sign = digits < 0n ? '-' : ''
    const written = String(digits < 0n ? -digits : digits).padStart(places + 1, '0')
    const fraction = written.slice(written.length - places).replace(/0+$/, '')
    const whole = written.slice(0, written.length - places)
    return `${sign}${whole}${places === 0 || fraction === '' ? '' : `.${fraction}`}`
  }

  /** The sum, rounded once to the nearest double. */
  get value(): number {
    if (this.#big === 0n) {
      const scale = scales[this.#decimals] ?? 1
      // Both are whole numbers that doubles hold exactly, and a division is rounded once.
      return this.#small / scale + 0
    }
    const { digits, places } = this.#total()
    return Number(`${String(digits)}e${String(-places)}`) + 0
  }

  #total(): Numeral {
    const places = Math.max(this.#places, this.#decimals)
    const big = this.#big * 10n ** BigInt(places - this.#places)
    return { digits: big + BigInt(this.#small) * 10n ** BigInt(places - this.#decimals), places }
  }

  #addSmall(value: number): boolean {
    for (let decimals = this.#decimals; decimals < scales.length; decimals += 1) {
      const scale = scales[decimals] ?? 1
      const scaled = Math.round(value * scale)
      // No two numerals of at most fifteen digits read as one double, so this is the one that JSON prints.
      if (scaled / scale !== value || Math.abs(scaled) >= 1e15) continue
      const raised = this.#small * (scale / (scales[this.#decimals] ?? 1))
      const sum = raised + scaled
      if (Math.abs(raised) > largest || Math.abs(sum) > largest) return false
      this.#small = sum
      this.#decimals = decimals
      return true
    }
    return false
  }

  #addNumeral({ digits, places }: Numeral): void {
    if (places > this.#places) {
      this.#big *= 10n ** BigInt(places - this.#places)
      this.#places = places
    }
    this.#big += digits * 10n ** BigInt(this.#places - places)
  }
}

/** The sum of numbers as decimals, rounded once; with `before`, of that and the numbers. */
export function exactSum(values: Iterable<number>, before = '0'): number {
  const sum = new ExactSum()
  sum.addText(before)
  for (const value of values) sum.add(value)
  return sum.value
}

/** A decimal numeral: `digits` times ten to the minus `places`, `places` not negative. */
interface Numeral {
  readonly digits: bigint
  readonly places: number
}

/** The numeral that a text writes, as JSON prints numbers. */
function numeralOf(text: string): Numeral {
  const [mantissa = '0', exponent = '0'] = text.split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const digits = BigInt(whole + fraction)
  const places = fraction.length - Number(exponent)
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 }
}
