/** A segment by its id or by its handle. */
export type SegmentName = string | { readonly id: string }

/**
 * The id that a segment's name is or carries. From JavaScript it can be anything, also what throws when it is looked at: then
 * it is the id of no segment.
 */
export function segmentId(segment: SegmentName): string {
  try {
    const given: unknown = segment
    return (typeof given === 'object' && given !== null ? (given as { readonly id: unknown }).id : given) as string
  } catch {
    return ''
  }
}
