/*
 * Random numbers that a seed decides, for data of the shape of the public sets: mulberry32 by Tommy Ettinger (public domain),
 * which is a counter whose bits are mixed.
 */

/** A stream of random numbers; the same seed gives the same stream. */
export class Random {
  #counter: number

  constructor(seed: number) {
    this.#counter = seed | 0
  }

  /** At least 0, below 1. */
  next(): number {
    this.#counter = (this.#counter + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#counter ^ (this.#counter >>> 15), this.#counter | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  pick<const T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.next() * list.length)] ?? list[0]
  }

  /** How often something happens that goes on with a probability each time: small numbers mostly, at least 1. */
  often(goesOn: number): number {
    let count = 1
    while (this.chance(goesOn)) count += 1
    return count
  }

  /** How long until something that happens once in `mean`, a whole number. */
  wait(mean: number): number {
    return Math.round(-mean * Math.log(1 - this.next()))
  }

  /** The same elements in another order, by the method of Fisher and Yates. */
  shuffled<T>(list: readonly T[]): readonly T[] {
    const result = [...list]
    for (let place = result.length - 1; place > 0; place -= 1) {
      const other = this.whole(0, place)
      const [a, b] = [result[place] as T, result[other] as T]
      result[place] = b
      result[other] = a
    }
    return result
  }
}
