import type { Path } from '../base/errors.js'
import { report, type Reading } from '../contacts/reading.js'

/** What a node without rules, options, tags or elements would mean: whoever wants that is to write it. */
const emptyMeans: Readonly<Record<string, string>> = Object.freeze({
  all: 'everyone',
  any: 'nobody',
  someOf: 'nobody',
  in: 'nobody',
  notIn: 'everyone',
  containsAny: 'nobody',
  containsAll: 'everyone who has a list there (exists)',
  containsNone: 'everyone',
  hasAnyTag: 'nobody',
  hasAllTags: 'everyone',
  hasNoneOfTags: 'everyone',
})

/** Reports a group or a list of a node that is empty. */
export function reportEmpty(name: string, reading: Reading, path: Path): void {
  const meant = emptyMeans[name] ?? 'nobody'
  report(reading, {
    code: 'RULE_EMPTY',
    path,
    message: `"${name}" of nothing would mean ${meant}: where that is wanted, write it`,
    expected: 'at least one',
    received: 'a list of 0',
  })
}
