import { Slip, type Sentence } from '../sentence.js'
import type { Span } from '../token.js'

/**
 * Elements with commas between them, up to the sign that closes them; where each was said is noted. After an element that
 * slips the next one is looked for; what has such an element slips when it is over.
 */
export function parseListOf<T>(sentence: Sentence, closing: ')' | ']', parse: () => T): T[] {
  const from = sentence.last
  const elements: T[] = []
  let isBroken = false
  if (!sentence.say(closing)) {
    do {
      const first = sentence.token
      const element = sentence.recover(() => parseElement(sentence, closing, parse))
      if (element === undefined) isBroken = true
      else noteElement(sentence, elements, element.value, { start: first.start, end: sentence.last.end })
      while (sentence.say('and') || sentence.say('or')) sentence.skip()
    } while (sentence.say(','))
    if (!sentence.say(closing) && !isBroken) sentence.fail()
  }
  if (isBroken) throw new Slip()
  return sentence.spans.node(elements, { start: from.start, end: sentence.last.end })
}

function parseElement<T>(sentence: Sentence, closing: string, parse: () => T): { readonly value: T } {
  const value = parse()
  const { lower } = sentence.token
  if (lower === ',' || lower === closing) return { value }
  sentence.say(',')
  sentence.say(closing)
  return sentence.fail()
}

function noteElement<T>(sentence: Sentence, elements: T[], element: T, span: Span): void {
  sentence.spans.field(elements, elements.length, span)
  elements.push(element)
}
