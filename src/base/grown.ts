/** From so many numbers on an array is long. */
const long = 65_536

/**
 * How much room an array takes that outgrew what it has: half as much again while it is short, an eighth once it is long. Of a
 * long one the room that stays empty is worth more than the copies, which come to eight of each number however far it grows.
 */
export function roomAfter(has: number, needed: number): number {
  return Math.max(needed, has + (has >> (has < long ? 1 : 3)))
}

/** Copies numbers into the beginning of a longer array, and gives that. */
export function grown<T extends Uint8Array | Int32Array | Uint32Array | Float64Array>(from: T, into: T): T {
  into.set(from)
  return into
}
