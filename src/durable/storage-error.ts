import { CoterieError, isCoterieError, show } from '../base/errors.js'

/** The error for writing after another writer took over. */
export function storageFenced(name: string): CoterieError {
  return new CoterieError('STORAGE_FENCED', `Another engine writes to the storage now: ${name}`, {
    received: 'a second writer',
    expected: 'one writer; this engine answers on, and takes no changes any more',
  })
}

/** The error for opening what another engine writes to. */
export function storageLocked(name: string, holder: string): CoterieError {
  return new CoterieError('STORAGE_LOCKED', `Another engine writes to the storage: ${name}`, {
    received: holder,
    expected: 'no other writer; the option takeOver puts out one that is known to be gone',
  })
}

/** The error for what cannot be read; `where` says the place, `position` is an offset in bytes where there is one. */
export function storageDamaged(where: string, received: string, expected: string, position?: number): CoterieError {
  return new CoterieError('STORAGE_DAMAGED', `What was kept is damaged: ${where}`, {
    received,
    expected,
    ...(position === undefined ? undefined : { position }),
  })
}

/** The error for what a newer version wrote. */
export function storageNewer(where: string, received: string, expected: string): CoterieError {
  return new CoterieError('STORAGE_NEWER', `A newer version of the library wrote this: ${where}`, {
    received,
    expected,
  })
}

/** Why the storage stopped: what it threw, as the library's own error. */
export function storageStopped(cause: unknown, durableRevision: number): CoterieError {
  const received = cause instanceof Error ? cause.message : show(cause)
  const expected = `resume() tries again; revision ${String(durableRevision)} is the last one that is durable`
  const isFenced = isCoterieError(cause) && cause.code === 'STORAGE_FENCED'
  return new CoterieError(
    'STORAGE_STOPPED',
    `No changes are taken, since the storage failed after revision ${String(durableRevision)}: ${received}`,
    { received, expected: isFenced ? 'to be opened again: another engine writes now' : expected, cause },
  )
}

/** The error for something beside the journal that failed; changes go on, and it is tried again in time. */
export function storageFailed(what: string, cause: unknown): CoterieError {
  if (isCoterieError(cause)) return cause
  const received = cause instanceof Error ? cause.message : show(cause)
  return new CoterieError('STORAGE_FAILED', `The storage failed at ${what}: ${received}`, {
    received,
    expected: 'a storage that can be read and written',
    cause,
  })
}

/** The error for using an engine whose storage was closed. */
export function storageClosed(): CoterieError {
  return new CoterieError('STORAGE_CLOSED', 'The storage of this engine was closed', {
    received: 'a closed storage',
    expected: 'an engine opened anew',
  })
}

/** The error for a part of a snapshot that is not there: damage, or another snapshot took its place while it was read. */
export function partMissing(part: number): CoterieError {
  return storageDamaged(`part ${String(part)} of the snapshot`, 'nothing', 'all parts of the snapshot')
}

/** The error for a change to an engine that only follows another. */
export function storageReadOnly(): CoterieError {
  return new CoterieError('STORAGE_READ_ONLY', 'A replica takes no changes', {
    received: 'a change',
    expected: 'changes to the engine that writes to the storage',
  })
}

/** The error for following a journal that was dropped, or erased, beyond the follower. */
export function storageBehind(position: number): CoterieError {
  return new CoterieError('STORAGE_BEHIND', 'The journal does not reach back to where this replica stands', {
    received: `a replica at record ${String(position)}`,
    expected: 'a replica that is opened anew, from the snapshot',
    position,
  })
}
