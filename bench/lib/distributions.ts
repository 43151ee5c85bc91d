import type { Random } from '../../test/data/random.js'

/** Draws places from 0: the n-th comes 1/n as often as the first, as countries, tags and words do (Zipf's law). */
export class Zipf {
  readonly #upTo: Float64Array

  constructor(count: number) {
    this.#upTo = new Float64Array(count)
    let sum = 0
    for (let place = 0; place < count; place += 1) this.#upTo[place] = sum += 1 / (place + 1)
    for (let place = 0; place < count; place += 1) this.#upTo[place] = (this.#upTo[place] as number) / sum
  }

  draw(random: Random): number {
    const at = random.next()
    let low = 0
    let high = this.#upTo.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#upTo[middle] as number) > at) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** A number whose logarithm is normally distributed about that of the median, as money is. */
export function logNormal(random: Random, median: number, sigma: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
  return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * random.next()))
}
