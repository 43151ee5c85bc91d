import type { AutomationTrigger } from '../changes/automation-changes.js'
import type { DefinitionReaders } from '../changes/change-reading.js'
import { readExact } from './read-parts.js'
import { readSteps } from './read-steps.js'
import { readTriggers } from './read-triggers.js'

/**
 * Reads what is in the definition of an automation: triggers and steps, with every rule, change and duration in them, checked
 * and resolved. What comes out is plain JSON; read again it is the same.
 */
export const definitionReaders: DefinitionReaders = Object.freeze({
  // An automation that nothing triggers is begun by hand.
  triggers: (input, reading, path) => (input === undefined ? untriggered : readTriggers(input, reading, path)),
  steps: (input, reading, path, beside) => {
    const id = beside?.get('automation')
    return readSteps(input, reading, path, typeof id === 'string' ? id : '')
  },
  reentry: (input, reading, path) =>
    input === 'once' || input === 'always'
      ? input
      : readExact(input, reading, path, "'once', 'always' or an exact duration such as '30d'"),
} satisfies DefinitionReaders)

const untriggered: readonly AutomationTrigger[] = Object.freeze([])
