import { isCoterieError, openEngine, type StoredEngine } from 'coterie'
import { indexedDbStorage } from 'coterie/storage/indexeddb'
import { storageConformance } from 'coterie/testing'

/*
 * What runs in the page: the suite, case by case, as its test asks for them, and an engine that fills the browser up.
 */

let places = 0

const cases = storageConformance({
  create: () => {
    places += 1
    const name = `place ${String(places)}`
    return { adapter: () => indexedDbStorage({ name }) }
  },
})

/** Runs a case; resolves with what was wrong, or with nothing. */
async function runCase(name: string): Promise<string | undefined> {
  try {
    await cases.find((each) => each.name === name)?.run()
    return undefined
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
  }
}

let full: StoredEngine | undefined

/** Puts contacts until the browser has no room for them; resolves with the code of what was thrown. */
async function fillUp(): Promise<string> {
  full = await openEngine({ now: 0, storage: indexedDbStorage({ name: 'full' }), keep: 'all' })
  // Browsers compress what they keep: a text that has nothing to be compressed.
  const text = Array.from({ length: 500_000 }, () => String.fromCharCode(0x4e00 + Math.floor(Math.random() * 20_000)))
  const long = text.join('')
  try {
    for (let number = 0; number < 200; number += 1)
      await full.contacts.put({ id: `c${String(number)}`, attributes: { text: `${String(number)} ${long}` } }).durable
  } catch (error) {
    return isCoterieError(error) ? error.code : String(error)
  }
  return 'there was room for all'
}

/** Resumes, and opens it again; resolves with what is not there then, or with nothing. */
async function goOn(): Promise<string | undefined> {
  if (full === undefined) return 'the engine'
  await full.resume()
  await full.contacts.put({ id: 'last' }).durable
  const before = full.contacts.ids()
  await full.close()
  const again = await openEngine({ now: 0, storage: indexedDbStorage({ name: 'full' }) })
  const missing = before.filter((id) => !again.contacts.has(id))
  await again.close()
  return missing.length === 0 ? undefined : missing.join()
}

Object.assign(globalThis, { runCase, fillUp, goOn })
