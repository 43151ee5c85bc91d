import { CoterieError, show } from '../base/errors.js'
import type { ChangeInput } from '../changes/input.js'
import { readable } from './arguments.js'

/** The most changes that one batch holds. */
const mostChanges = 1_000_000

/**
 * The changes of a batch that was given as a list. From JavaScript it can be anything, also a list without an end.
 *
 * @throws CoterieError `CHANGE_INVALID`, `LIMIT_EXCEEDED`.
 */
export function changesGiven(given: unknown): readonly ChangeInput[] {
  return readable('CHANGE_INVALID', 'The list of changes cannot be read', () => {
    if (!Array.isArray(given)) {
      throw new CoterieError('CHANGE_INVALID', 'A batch is a list of changes, or a function', {
        received: show(given),
        expected: 'a list or a function',
      })
    }
    if (given.length <= mostChanges) return Array.from(given as readonly ChangeInput[])
    throw new CoterieError('LIMIT_EXCEEDED', 'A batch holds too many changes', {
      received: String(given.length),
      expected: `at most ${String(mostChanges)}`,
    })
  })
}
