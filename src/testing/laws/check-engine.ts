import { CoterieError } from '../../base/errors.js'
import { formatInstant } from '../../base/written-date.js'
import type { Engine } from '../../engine/engine.js'
import type { AnyEngine } from '../../population/any-engine.js'
import { verifyNow, type Deviation } from '../../population/verify.js'
import { explanationInWords } from '../explanation-in-words.js'

/**
 * Checks the state of an engine against a fresh evaluation of all its rules: memberships, the numbers of members, and that
 * nothing moves by time before the engine says so.
 *
 * @throws CoterieError `LAW_BROKEN`, with the first deviation and the explanation of its rule.
 */
export function checkEngine(engine: AnyEngine & Pick<Engine, 'nextDueAt'>): void {
  const [first, ...more] = verifyNow(engine, { clock: true }).deviations
  if (first === undefined) return
  const rest = more.length === 0 ? '' : `\nand ${String(more.length)} more`
  throw new CoterieError('LAW_BROKEN', `${inWords(first, engine)}${rest}`)
}

function inWords(deviation: Deviation, engine: AnyEngine): string {
  const { segmentId } = deviation
  if (deviation.kind === 'count')
    return `${segmentId} has ${String(deviation.expected)} members, and says ${String(deviation.count)}`
  const { contactId } = deviation
  if (deviation.kind === 'clock') {
    const due = deviation.nextDueAt === undefined ? 'never' : formatInstant(deviation.nextDueAt)
    return `${segmentId} moves ${contactId} at ${formatInstant(deviation.at)}, and something is due ${due}`
  }
  const says = deviation.member ? 'is a member' : 'is no member'
  return `${contactId} ${says} of ${segmentId}, and its rule says otherwise:\n${explanationInWords(engine, segmentId, contactId)}`
}
