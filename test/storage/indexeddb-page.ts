import { indexedDbStorage } from 'coterie/storage/indexeddb'
import { storageConformance } from 'coterie/testing'

/*
 * What runs in the page: the suite, case by case, as its test asks for them.
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

Object.assign(globalThis, { runCase })
