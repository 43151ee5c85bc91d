/** A segment by its id or by its handle. */
export type SegmentName = string | { readonly id: string }

/** The id that a segment's name is or carries. */
export function segmentId(segment: SegmentName): string {
  const given: unknown = segment
  // From JavaScript this can be anything; what is no name leads to no segment, or is refused where a change is read.
  if (typeof given !== 'object' || given === null) return given as string
  return (segment as { readonly id: string }).id
}
