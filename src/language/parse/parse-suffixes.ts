import type { Sentence } from '../sentence.js'
import { weekdayTree } from '../words/unit-words.js'
import type { SaidField } from './nodes.js'
import { parseQuoted } from './parse-names.js'

/** What can stand after a comparison with a date: `with weeks from sunday`, `in time zone "Europe/Berlin"`. */
export function parseDateSuffixes(sentence: Sentence): readonly SaidField[] {
  const fields: SaidField[] = []
  for (;;) {
    const from = sentence.token
    if (sentence.say('in time zone') || sentence.say('in zone')) {
      const zone = parseQuoted(sentence, 'a time zone, such as "Europe/Berlin"')
      fields.push(['timeZone', zone.name, zone])
    } else if (sentence.say('with weeks from')) {
      const day = sentence.phrase(weekdayTree)
      if (day === undefined) sentence.fail()
      fields.push(['weekStartsOn', day, { start: from.start, end: sentence.last.end }])
    } else return fields
  }
}

/** `ignoring case` after a comparison of texts. */
export function parseIgnoringCase(sentence: Sentence): SaidField {
  return ['ignoreCase', sentence.say('ignoring case') ? true : undefined]
}
