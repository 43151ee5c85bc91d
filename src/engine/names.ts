import { CoterieError, show } from '../base/errors.js'
import type { Change, ContactName } from '../changes/change.js'
import type { CauseKind } from '../changes/transition.js'
import type { EngineState } from './state.js'
import type { Transaction } from './transaction.js'

/** The contact that a name leads to, or `undefined`. */
export function findContact({ store: { directory } }: EngineState, name: ContactName): number | undefined {
  if (typeof name === 'string') return directory.ordinalOf(name)
  const identity = identityIn(name)
  return identity === undefined ? undefined : directory.ordinalOfIdentity(identity.channel, identity.id)
}

/** Questions are not read as changes are: from JavaScript the name can be anything, also what throws when it is looked at. */
function identityIn(name: unknown): { readonly channel: string; readonly id: string } | undefined {
  try {
    if (typeof name !== 'object' || name === null) return undefined
    const { channel, id } = name as { readonly channel?: unknown; readonly id?: unknown }
    return typeof channel === 'string' && typeof id === 'string' ? { channel, id } : undefined
  } catch {
    return undefined
  }
}

/**
 * The contact that a name leads to.
 *
 * @throws CoterieError `CONTACT_UNKNOWN`.
 */
export function needContact(state: EngineState, name: ContactName): number {
  const ordinal = findContact(state, name)
  if (ordinal !== undefined) return ordinal
  throw new CoterieError('CONTACT_UNKNOWN', `There is no contact ${spelled(name)}`, {
    received: spelled(name),
    expected: 'a contact that was put',
  })
}

/**
 * The contact that a change names, noted as named by it; put first where the engine is told to create unknown contacts.
 *
 * @throws CoterieError `CONTACT_UNKNOWN`.
 */
export function namedContact(
  state: EngineState,
  transaction: Transaction,
  name: ContactName,
  kind: CauseKind,
  change: Change,
  eventAt?: number,
): { readonly ordinal: number; readonly created: boolean } {
  const known = findContact(state, name)
  const creates = state.settings.createsContacts || state.isReplaying
  if (known === undefined && typeof name === 'string' && creates) {
    const ordinal = transaction.draft.create(name)
    transaction.touch(ordinal, 'contact', change, eventAt)
    return { ordinal, created: true }
  }
  const ordinal = known ?? needContact(state, name)
  transaction.touch(ordinal, kind, change, eventAt)
  return { ordinal, created: false }
}

function spelled(name: ContactName): string {
  if (typeof name === 'string') return JSON.stringify(name)
  const identity = identityIn(name)
  return identity === undefined ? show(name) : `${show(identity.id)} of ${show(identity.channel)}`
}
