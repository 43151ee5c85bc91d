import { longestDelay, type Timers } from '../engine/run.js'
import type { StorageSession, StoredRecord } from './storage-adapter.js'

/*
 * Timeouts are waited for in parts. While the host does something else, as when it puts a million contacts in one go, neither
 * timers nor what the storage did have their turn, and afterwards timers have theirs first. So a wait as a whole would blame the
 * storage for the host; in parts, however long that was, it counts as one of them.
 */
const parts = 10

/**
 * A session whose appends do not take for ever: one that takes longer than `timeout` ms, while the host has turns to give, counts
 * as failed. It may yet end well, so resuming waits for it first, as long again.
 */
export function timedSession(session: StorageSession, timeout: number, timers: Timers): StorageSession {
  let last: Promise<unknown> = Promise.resolve()
  const inTime = async <T>(work: Promise<T>, what: string): Promise<T> => {
    let timer: unknown
    const late = new Promise<never>((_, reject) => {
      let left = parts
      const wait = (): void => {
        if (left === 0) reject(new Error(`${what} took longer than ${String(timeout)} ms`))
        else timer = timers.setTimeout(wait, Math.min(timeout / parts, longestDelay))
        left -= 1
      }
      wait()
    })
    try {
      return await Promise.race([work, late])
    } finally {
      timers.clearTimeout(timer)
    }
  }
  return {
    notices: session.notices,
    snapshot: () => session.snapshot(),
    records: (after) => session.records(after),
    last: () => session.last(),
    append: (records: readonly StoredRecord[]) => {
      const work = session.append(records)
      last = work.catch(() => undefined)
      return inTime(work, 'The append')
    },
    replaceSnapshot: (snapshot) => session.replaceSnapshot(snapshot),
    drop: (upTo) => session.drop(upTo),
    rewrite: (records) => session.rewrite(records),
    resume: async () => {
      await inTime(last, 'The append before')
      return inTime(session.resume(), 'Resuming')
    },
    close: () => session.close(),
  }
}
