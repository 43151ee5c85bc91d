import { CoterieError } from '../base/errors.js'
import type { SegmentKind } from '../changes/change.js'
import type { Segment } from '../segments/segment.js'
import type { Transaction } from './transaction.js'

type Writable = 'kind' | 'rule' | 'snapshot' | 'damping' | 'damper' | 'visits' | 'description' | 'holds'

/** Writes a part of a segment, with its way back. */
export function write<K extends Writable>(
  transaction: Transaction,
  segment: Segment,
  name: K,
  value: Segment[K],
): void {
  const before = segment[name]
  segment[name] = value
  transaction.draft.onRollback(() => {
    segment[name] = before
  })
}

/** The error for doing to a segment what its kind does not allow. */
export function kindError(
  { id, kind }: { readonly id: string; readonly kind: SegmentKind },
  expected: string,
): CoterieError {
  return new CoterieError('SEGMENT_KIND', `Segment ${JSON.stringify(id)} is ${kind}`, {
    path: ['kind'],
    received: kind,
    expected,
  })
}
