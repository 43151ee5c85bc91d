import type { Items, ItemWindow, SequenceStep } from '../../rules/ast.js'
import { englishDuration, englishInstant, englishPeriod, inZone } from './english-times.js'
import type { Telling } from './wording.js'

/**
 * Events or records with their window and condition; `event` for one event, `events` for several. In a value the condition
 * is in parentheses, for the sentence goes on after it.
 */
export function englishItems(items: Items, one: 'event' | 'events', isInValue: boolean, telling: Telling): string {
  const name = 'events' in items ? `${telling.event(items.events)} ${one}` : `the ${pathWords(items.records, telling)}`
  const by = 'by' in items ? ` by ${telling.property(items.by)}` : ''
  const window = items.window === undefined ? '' : ` ${windowWords(items.window, telling)}`
  const inside = telling.ofItem()
  const condition = items.where === undefined ? '' : `where ${inside.inner(items.where)}`
  const where = isInValue && condition !== '' ? ` (${condition})` : condition === '' ? '' : ` ${condition}`
  return `${name}${by}${window}${where}`
}

/** `lines of the orders`. */
function pathWords(path: readonly string[], telling: Telling): string {
  return path.map(telling.records).reverse().join(' of the ')
}

function windowWords(window: ItemWindow, telling: Telling): string {
  switch (window.window) {
    case 'inLast':
      return `in the last ${englishDuration(window.duration, window.timeZone, telling)}`
    case 'inNext':
      return `in the next ${englishDuration(window.duration, window.timeZone, telling)}`
    case 'moreThanAgo':
      return `at least ${englishDuration(window.duration, undefined, telling)} ago${inZone(window.timeZone, telling)}`
    case 'betweenAgo': {
      const [from, to] = [window.from, window.to].map((duration) => englishDuration(duration, undefined, telling))
      return `between ${String(from)} and ${String(to)} ago${inZone(window.timeZone, telling)}`
    }
    case 'inCalendar':
      return `${englishPeriod(window.period, window.weekStartsOn)}${inZone(window.timeZone, telling)}`
    case 'absolute':
      return absoluteWords(window.from, window.to, telling)
  }
}

function absoluteWords(from: number | undefined, to: number | undefined, telling: Telling): string {
  const since = from === undefined ? '' : `from ${englishInstant(from, telling)}`
  const until = to === undefined ? '' : `before ${englishInstant(to, telling)}`
  return [since, until].filter((part) => part !== '').join(' and ')
}

/** `a checkout event, then within 1 day no purchase event`. */
export function englishSteps(steps: readonly SequenceStep[], telling: Telling): string {
  return steps.map((step, place) => (place === 0 ? '' : ', then ') + stepWords(step, telling)).join('')
}

function stepWords({ of, not, within, after, from }: SequenceStep, telling: Telling): string {
  const origin = from === 'start' ? ' of the first' : ''
  const limits = [
    after === undefined
      ? ''
      : `at least ${englishDuration(after, undefined, telling)} after${from === 'start' ? ' the first' : ''} `,
    within === undefined ? '' : `within ${englishDuration(within, undefined, telling)}${origin} `,
  ]
  return `${limits.filter((limit) => limit !== '').join('and ')}${not === true ? 'no' : 'a'} ${englishItems(of, 'event', false, telling)}`
}
