import { CoterieError } from '../../base/errors.js'
import { formatInstant } from '../../base/written-date.js'
import { writtenContact, type TestMoment } from '../worlds/moment.js'

/** A counterexample on a few lines. */
export function momentInWords({ contact, now }: TestMoment): string {
  return `contact ${JSON.stringify(writtenContact(contact))}\nat ${formatInstant(now)}`
}

/** The error for a law that does not hold of a contact. */
export function lawBroken(law: string, moment: TestMoment, expected: string, received: string): CoterieError {
  return new CoterieError('LAW_BROKEN', `${law}:\n${momentInWords(moment)}\n${received}`, { expected, received })
}
