import type { Transition } from 'coterie'
import type { DateWords } from '../words/dates.js'
import { wrapped, type Terminal } from './terminal.js'

/** How contacts, segments and instants are written. */
export interface TransitionWords {
  readonly dates: DateWords
  contact(id: string): string
  segment(id: string): string
}

/** From this width on, a transition and its cause share a line. */
const wide = 110

/** Where the text begins behind the instant, and the cause behind the text where they share a line. */
const [textAt, causeAt] = [21, 66]

/** Prints who entered or left, when, and why. */
export function printTransition(terminal: Terminal, words: TransitionWords, transition: Transition, why: string): void {
  const { width, paint, print } = terminal
  const { at, contactId, segmentId, type } = transition
  const [contact, segment] = [words.contact(contactId), words.segment(segmentId)]
  const verb = type === 'enter' ? paint('green', 'enters') : paint('red', 'leaves')
  const head = `${paint('grey', words.dates.instant(at))}  ${contact} ${verb} ${paint('bold', segment)}`
  const used = textAt + contact.length + segment.length + ' enters '.length
  const beside = width >= wide && used < causeAt
  const lines = wrapped(why, width - (beside ? causeAt : textAt)).map((line) => paint('grey', line))
  if (beside) print(head + ' '.repeat(causeAt - used) + (lines.shift() ?? ''))
  else print(head)
  for (const line of lines) print(' '.repeat(beside ? causeAt : textAt) + line)
}
