/*
 * Random numbers that a seed decides, so that the same seed shows the same company: sfc32 by Chris Doty-Humphrey, from
 * his PractRand (public domain). 128 bits of state, additions and shifts only; the first rounds are thrown away, since
 * they still show the seed.
 */

/** A stream of random numbers; the same seed gives the same stream. */
export class Random {
  #a = 0
  #b: number
  #c = 0
  #counter = 1

  constructor(seed: number) {
    this.#b = seed | 0
    for (let round = 0; round < 16; round++) this.next()
  }

  /** At least 0, below 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.next() * list.length)] ?? list[0]
  }

  /** Normally distributed, by the method of Box and Muller. */
  normal(mean: number, deviation: number): number {
    return mean + deviation * Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }

  /** How long until something that happens once in `mean`. */
  wait(mean: number): number {
    return -mean * Math.log(1 - this.next())
  }

  /** How often something happens that happens `mean` times: a whole number near it. */
  times(mean: number): number {
    return Math.floor(mean) + (this.chance(mean - Math.floor(mean)) ? 1 : 0)
  }
}
