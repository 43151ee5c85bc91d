import { engineCases } from './engine-cases.js'
import { journalCases } from './journal-cases.js'
import { snapshotCases } from './snapshot-cases.js'
import { OpenedPlace, type CaseWork, type StorageCase, type StorageUnderTest } from './storage-case.js'
import { writerCases } from './writer-cases.js'

/**
 * All that `StorageAdapter` promises, as cases for any test runner, each in a place of its own:
 *
 *     for (const { name, run } of storageConformance({ create })) it(name, run)
 *
 * What an adapter declares in its `capabilities` decides what is demanded of it where several ways are right.
 */
export function storageConformance(storage: StorageUnderTest): readonly StorageCase[] {
  const works = Object.entries<CaseWork>({ ...journalCases, ...snapshotCases, ...writerCases, ...engineCases })
  return works.map(([name, work]) => ({ name, run: () => runCase(storage, work) }))
}

async function runCase(storage: StorageUnderTest, work: CaseWork): Promise<void> {
  const place = new OpenedPlace(await storage.create())
  try {
    await work(place)
  } finally {
    await place.end()
  }
}
