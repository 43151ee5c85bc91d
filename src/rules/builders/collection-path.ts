import { elementsOf } from '../../contacts/plain-input.js'
import { throwIssues } from '../../contacts/reading.js'
import { refuse } from '../../contacts/refused.js'
import { readPlainField } from '../read-field.js'
import { finish } from './frozen-copy.js'
import { argumentReading } from './node.js'

const words = "the name of a collection, a path such as 'orders.lines', or a list of names"

/**
 * The names that lead to records: of a text, what stands between its dots; a list, whose names may have dots in them, as it is.
 *
 * @throws CoterieError `RULE_INVALID` where it is none.
 */
export function readCollectionPath(path: unknown): readonly string[] {
  const reading = argumentReading()
  const names = typeof path === 'string' ? path.split('.') : elementsOf(path, reading.limits.list)
  const isList = typeof names === 'object' && names.length > 0
  if (!isList) refuse(path, words, reading, ['records'], 'RULE_INVALID')
  const read = isList ? names.map((name, place) => readPlainField('name', name, reading, ['records', place])) : []
  throwIssues('records', reading)
  return finish(read as string[])
}
