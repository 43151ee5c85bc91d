/** Copies numbers into the beginning of a longer array, and gives that. */
export function grown<T extends Uint8Array | Int32Array | Uint32Array | Float64Array>(from: T, into: T): T {
  into.set(from)
  return into
}
