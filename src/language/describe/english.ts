import type { Rule } from '../../rules/ast.js'
import { englishItems, englishSteps } from './english-items.js'
import { englishPeriod, englishDuration, inZone } from './english-times.js'
import { englishList, englishText, englishValue, plainValue } from './english-values.js'
import type { Telling, Wording } from './wording.js'

/** Rules in English. */
export const english: Wording = Object.freeze<Wording>({
  rule: englishRule,
  value: englishValue,
  holdsTogether: (rule) => {
    if (rule.op === 'not') return hasOwnOpposite(rule.rule)
    return !['all', 'any', 'someOf', 'every', 'sequence'].includes(rule.op)
  },
  heading: (group, isDenied) => {
    switch (group.op) {
      case 'all':
        return isDenied ? 'Not all of these' : 'All of these'
      case 'any':
        return isDenied ? 'None of these' : 'Any of these'
      case 'someOf':
        return `${isDenied ? 'Fewer than' : 'At least'} ${String(group.count)} of these`
    }
  },
  sentence: (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
  unreadable: ({ message }) => `this is no rule that can be read: ${message}`,
})

const compared = {
  equals: 'is',
  notEquals: 'is not',
  greaterThan: 'is more than',
  atLeast: 'is at least',
  lessThan: 'is less than',
  atMost: 'is at most',
  before: 'is before',
  after: 'is after',
  on: 'is on',
} as const

const texts = {
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
} as const

const lists = {
  containsAny: 'has any of',
  containsAll: 'has all of',
  containsNone: 'has none of',
} as const

function englishRule(rule: Rule, telling: Telling): string {
  const { value } = telling
  switch (rule.op) {
    case 'everyone':
      return telling.isItem ? 'anything at all' : 'everyone'
    case 'nobody':
      return telling.isItem ? 'nothing at all' : 'nobody'
    case 'all':
      return rule.rules.map(telling.inner).join(' and ')
    case 'any':
      return rule.rules.map(telling.inner).join(' or ')
    case 'not':
      return englishNot(rule.rule, telling)
    case 'someOf':
      return `at least ${String(rule.count)} of these hold: ${rule.rules.map(telling.inner).join('; ')}`
    case 'inSegment':
      return `the contact is in the segment ${englishText(telling.segment(rule.segment))}`
    case 'inSample':
      return `the contact is in the sample ${englishText(rule.salt)} from ${plainValue(rule.from)} to below ${plainValue(rule.to)} of 10,000`

    case 'equals':
    case 'notEquals':
    case 'greaterThan':
    case 'atLeast':
    case 'lessThan':
    case 'atMost':
      return `${value(rule.left)} ${compared[rule.op]} ${value(rule.right)}`
    case 'before':
    case 'after':
    case 'on':
      return `${value(rule.left)} ${compared[rule.op]} ${value(rule.right)}${inZone(rule.timeZone, telling)}`
    case 'in':
      return `${value(rule.left)} is ${englishList(rule.right.map(value), 'or')}`
    case 'notIn':
      return `${value(rule.left)} is ${rule.right.length === 1 ? 'not' : 'neither'} ${englishList(rule.right.map(value), 'nor')}`
    case 'between':
      return `${value(rule.left)} is between ${value(rule.low)} and ${value(rule.high)}${inZone(rule.timeZone, telling)}`
    case 'exists':
      return `there is a value for ${value(rule.left)}`
    case 'missing':
      return `${value(rule.left)} is missing`
    case 'isEmpty':
      return `${value(rule.left)} is empty`
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith':
      return `${value(rule.left)} ${texts[rule.op]} ${value(rule.right)}${inAnyCase(rule.ignoreCase)}`
    case 'matches':
      return `${value(rule.left)} matches the pattern ${englishText(rule.pattern)}${inAnyCase(rule.ignoreCase)}`
    case 'containsAny':
    case 'containsAll':
    case 'containsNone':
      return `${value(rule.left)} ${lists[rule.op]} ${value(rule.right)}`

    case 'inLast':
      return `${value(rule.left)} was in the last ${englishDuration(rule.duration, rule.timeZone, telling)}`
    case 'notInLast':
      return `${value(rule.left)} was not in the last ${englishDuration(rule.duration, rule.timeZone, telling)}`
    case 'inNext':
      return `${value(rule.left)} is in the next ${englishDuration(rule.duration, rule.timeZone, telling)}`
    case 'moreThanAgo':
      return `${value(rule.left)} was at least ${englishDuration(rule.duration, undefined, telling)} ago${inZoneOf(rule, telling)}`
    case 'betweenAgo': {
      const [from, to] = [rule.from, rule.to].map((duration) => englishDuration(duration, undefined, telling))
      return `${value(rule.left)} was between ${String(from)} and ${String(to)} ago${inZone(rule.timeZone, telling)}`
    }
    case 'inCalendar':
      return `${value(rule.left)} is ${englishPeriod(rule.period, rule.weekStartsOn)}${inZone(rule.timeZone, telling)}`
    case 'anniversaryIn': {
      const days = `${String(rule.days)} ${rule.days === 1 ? 'day' : 'days'} (today ${rule.current ? 'included' : 'not included'})`
      const leap = rule.leapDay === 'mar1' ? ' (that of 29 February falls on 1 March in other years)' : ''
      return `an anniversary of ${value(rule.left)} comes in the next ${days}${leap}${inZone(rule.timeZone, telling)}`
    }

    case 'hasTag':
      return `the contact has the tag ${englishText(telling.tag(rule.tag))}`
    case 'hasAnyTag':
      return `the contact has any of the tags ${tagWords(rule.tags, 'or', telling)}`
    case 'hasAllTags':
      return `the contact has all of the tags ${tagWords(rule.tags, 'and', telling)}`
    case 'hasNoneOfTags':
      return `the contact has none of the tags ${tagWords(rule.tags, 'or', telling)}`
    case 'hasTagLike':
      return `the contact has a tag like ${englishText(rule.pattern)}`
    case 'tagHeldBy': {
      const holder =
        rule.holder === 'behaviour' ? 'behaviour' : `${rule.holder === 'import' ? 'an' : 'a'} ${rule.holder}`
      const by = rule.by === undefined ? '' : `, ${englishText(rule.by)}`
      return `the tag ${englishText(telling.tag(rule.tag))} is held by ${holder}${by}`
    }

    case 'some':
      return `there is ${'events' in rule.of ? 'a ' : 'one of '}${englishItems(rule.of, 'event', false, telling)}`
    case 'none':
      return `there is ${'events' in rule.of ? 'no ' : 'none of '}${englishItems(rule.of, 'event', false, telling)}`
    case 'every':
      return `of ${englishItems(rule.of, 'events', false, telling)}, each has this: ${telling.ofItem().inner(rule.rule)}`
    case 'sequence': {
      const same = rule.same === undefined ? '' : `, all with the same ${telling.property(rule.same)}`
      return `${englishSteps(rule.steps, telling)}${same}`
    }
  }
}

/** Whether there are words for the opposite of a rule. */
function hasOwnOpposite(rule: Rule): boolean {
  return rule.op === 'hasTag' || rule.op === 'hasTagLike' || rule.op === 'inSegment'
}

function englishNot(rule: Rule, telling: Telling): string {
  switch (rule.op) {
    case 'hasTag':
      return `the contact does not have the tag ${englishText(telling.tag(rule.tag))}`
    case 'hasTagLike':
      return `the contact has no tag like ${englishText(rule.pattern)}`
    case 'inSegment':
      return `the contact is not in the segment ${englishText(telling.segment(rule.segment))}`
    default:
      return `it is not so that ${telling.inner(rule)}`
  }
}

function inAnyCase(ignoreCase: boolean | undefined): string {
  return ignoreCase === true ? ', in upper or lower case' : ''
}

function inZoneOf({ timeZone }: { readonly timeZone?: string }, telling: Telling): string {
  return inZone(timeZone, telling)
}

function tagWords(tags: readonly string[], joint: 'and' | 'or', telling: Telling): string {
  return englishList(
    tags.map((tag) => englishText(telling.tag(tag))),
    joint,
  )
}
