import { inject } from 'vitest'

// Stryker asks the tests that reached a mutant as they ran. What is kept is worked out by the first that asks, and used by others which
// never reach it. Where no test has a name, all that is reached counts as worked out while files are loaded, and every test is asked.
const namespace = (inject as (name: string) => string)('globalNamespace')
const stryker = ((globalThis as Record<string, unknown>)[namespace] ??= {})
Object.defineProperty(stryker, 'currentTestId', { get: () => undefined, set: () => undefined, configurable: true })
