import { errorOfIssues } from '../base/errors.js'
import type { AutomationTrigger } from '../changes/automation-changes.js'
import type { ChangeReading, ReadChangeOptions } from '../changes/change-reading.js'
import { propertiesOf } from '../contacts/plain-input.js'
import { readExact } from './read-parts.js'
import { readSteps } from './read-steps.js'
import { readTriggers } from './read-triggers.js'

/**
 * Reads what is in the definition of an automation: triggers and steps, with every rule, change and duration in them, checked
 * and resolved. What comes out is plain JSON; read again it is the same. All other changes are given back as they are.
 *
 * @throws CoterieError with the code of the first thing that is wrong, and all of them in `issues`, each with its path.
 */
export function readDefinition(input: unknown, options: ReadChangeOptions): unknown {
  const given = propertiesOf(input)
  if (given?.get('type') !== 'automation.define') return input
  const { schema, timeZone, weekStartsOn, limits } = options
  const reading: ChangeReading = { schema, timeZone, weekStartsOn, limits, issues: [] }
  const id = given.get('automation')
  const read: Record<string, unknown> = Object.fromEntries(given)
  read['when'] = given.get('when') === undefined ? noTriggers : readTriggers(given.get('when'), reading, ['when'])
  read['steps'] = readSteps(given.get('steps'), reading, ['steps'], typeof id === 'string' ? id : '')
  if (given.get('cancelWhen') !== undefined)
    read['cancelWhen'] = readTriggers(given.get('cancelWhen'), reading, ['cancelWhen'])
  const reentry = given.get('reentry')
  if (reentry !== undefined && reentry !== 'once' && reentry !== 'always')
    read['reentry'] = readExact(reentry, reading, ['reentry'], "'once', 'always' or an exact duration such as '30d'")
  const [first, ...more] = reading.issues
  if (first !== undefined) throw errorOfIssues('The automation is wrong', [first, ...more])
  return read
}

const noTriggers: readonly AutomationTrigger[] = Object.freeze([])
