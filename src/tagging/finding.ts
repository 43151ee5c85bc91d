import type { Change } from '../changes/change.js'
import type { CoterieError } from '../base/errors.js'

/**
 * What is found. `near-duplicate`: names that are hard to tell apart; `name`: against the convention; `data`: looks like data;
 * `unused`: declared or listed, and nothing has it or uses it; `asked-in-vain`: something asks for it, and nobody has it or puts it
 * on; `unread`: somebody has it, and nothing asks for it; `undeclared`: used and not declared, where others are; `too-many`: a contact
 * with more than it should have.
 */
export type TagFindingKind =
  'near-duplicate' | 'name' | 'data' | 'unused' | 'asked-in-vain' | 'unread' | 'undeclared' | 'too-many'

/** The kinds, in the order in which they are told. */
export const findingKinds: readonly TagFindingKind[] = Object.freeze([
  'near-duplicate',
  'name',
  'data',
  'unused',
  'asked-in-vain',
  'unread',
  'undeclared',
  'too-many',
])

/** Something about tags that is not as it should be, and what to do about it. Plain JSON. */
export interface TagFinding {
  readonly kind: TagFindingKind
  readonly message: string
  /** The tags that it is about. */
  readonly tags: readonly string[]
  /** The segment whose name it is about. */
  readonly segment?: string
  /** The contact that it is about. */
  readonly contact?: string
  /** What puts it right, for `engine.batch`; empty where that is for people to decide. */
  readonly fix: readonly Change[]
  /** What the fix takes away for good; left out where it takes nothing. */
  readonly loses?: string
  /** Why there is no fix, where the engine would refuse the one that suggests itself. */
  readonly refused?: string
}

/** The parts of a finding that say what to do. */
export type Fix = Pick<TagFinding, 'fix' | 'loses' | 'refused'>

/** A finding, frozen. */
export function finding(
  kind: TagFindingKind,
  message: string,
  about: Omit<TagFinding, 'kind' | 'message'>,
): TagFinding {
  const { tags, fix, ...rest } = about
  return Object.freeze({ kind, message, tags: Object.freeze([...tags]), ...rest, fix: Object.freeze([...fix]) })
}

/** No fix, as the engine would refuse it. */
export function refusedFix({ code, message }: CoterieError): Fix {
  return { fix: [], refused: `${code}: ${message}` }
}

/** Names in a message. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ')
}
