/*
 * What a part of an engine holds, taken out whole: plain JSON, and arrays of numbers that are copies. Taking it out costs a copy of
 * memory; writing it down is done afterwards, from what nobody changes any more.
 */

/** An array of numbers, as columns are made of. */
export type NumberArray =
  Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>

/** What was taken out: what the arrays are is known to who did. */
export interface Saved<J = unknown, A extends readonly NumberArray[] = readonly NumberArray[]> {
  readonly json: J
  readonly arrays: A
}
