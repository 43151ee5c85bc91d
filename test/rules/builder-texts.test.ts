import { describe, expect, it } from 'vitest'
import { rulesFor } from '../../src/rules/builders/rules-for.js'
import { untyped } from './refused.js'

/*
 * What people read where a builder refuses what it is given, in whole: which builder, what was found, what would do.
 */

const builders = rulesFor()
const { attribute, events, followedBy, hasTag, records } = builders
const made = untyped(builders)
const buys = events('buy')
const orders = untyped(records('orders'))

describe('a builder that is given what it cannot take', () => {
  it.each<[call: () => unknown, message: string, expected: string, received: string]>([
    [() => made['not']?.({ op: 'x', y: { op: [new Date(0)] } }), 'not: an object is not a rule', 'a rule', 'an object'],
    [
      () => made['all']?.(Object.create({ op: 'everyone' })),
      'all: an object is not plain JSON',
      'plain JSON',
      'an object',
    ],
    [() => made['all']?.(5), 'all: 5 is not a rule', 'a rule', '5'],
    [
      () => made['sequence']?.(buys, 5),
      'sequence: 5 is not an object of options (and 1 more)',
      'an object of options',
      '5',
    ],
    [
      () => made['sequence']?.(orders, followedBy(buys)),
      "sequence: an object is not events, such as events('purchase').where(…)",
      "events, such as events('purchase').where(…)",
      'an object',
    ],
    [
      () => made['sequence']?.(buys, { step: 5 }),
      'sequence: an object is not followedBy(…) or notFollowedBy(…)',
      'followedBy(…) or notFollowedBy(…)',
      'an object',
    ],
    [
      () => made['followedBy']?.(orders),
      "followedBy: an object is not events, such as events('purchase').where(…)",
      "events, such as events('purchase').where(…)",
      'an object',
    ],
    [
      () => made['followedBy']?.(buys, { form: 'start' }),
      'followedBy: "form" is no property of the options of "followedBy"; did you mean "from"?',
      'within, after, from',
      '"form"',
    ],
    [
      () => made['notFollowedBy']?.(buys, { within: '1d', from: 'begin' }),
      'notFollowedBy: "begin" is not one of "previous", "start"',
      'one of "previous", "start"',
      '"begin"',
    ],
    [
      () => made['followedBy']?.(buys, { from: 'begin' }),
      'followedBy: "begin" is not one of "previous", "start"',
      'one of "previous", "start"',
      '"begin"',
    ],
    [
      () => untyped(buys)['where']?.({}),
      'where: A condition without properties would hold of all: where that is wanted, leave it out',
      'at least one property',
      'none',
    ],
    [
      () => untyped(buys)['where']?.(5),
      'where: 5 is not values by the names of properties, or a function of the item that gives a rule',
      'values by the names of properties, or a function of the item that gives a rule',
      '5',
    ],
    [
      () => untyped(buys)['sum']?.(5),
      'value: 5 is not the name of a property, or a function of the item that gives a value',
      'the name of a property, or a function of the item that gives a value',
      '5',
    ],
    [
      () => untyped(buys)['sum']?.(attribute('a').atLeast(5)),
      'value: an object is not the name of a property, or a function of the item that gives a value',
      'the name of a property, or a function of the item that gives a value',
      'an object',
    ],
    [
      () => untyped(buys.inLast('1d'))['moreThanAgo']?.('1d'),
      'moreThanAgo: "moreThanAgo" would be a second window beside "inLast": there is one at most',
      'one window',
      'a second one',
    ],
    [
      () => orders['inLast']?.('1d'),
      'inLast: "inLast" is about time, which records have only by a date field of theirs',
      'the name of a date field',
      'undefined',
    ],
    [
      () => orders['first']?.(),
      'first: "first" is about time, which records have only by a date field of theirs',
      'the name of a date field',
      'undefined',
    ],
    [
      () => untyped(buys)['by']?.('at'),
      'by: "events" is not records: events have a time of their own',
      'records: events have a time of their own',
      '"events"',
    ],
    [
      () => orders['by']?.('a')['by']?.('b'),
      'by: "b" is not needed: "a" is the date field',
      'needed: "a" is the date field',
      '"b"',
    ],
    [() => orders['by']?.(5), 'by: 5 is not a name, a text that is not empty', 'a name, a text that is not empty', '5'],
    [
      () =>
        buys.where((buy) =>
          records('orders')
            .where(() => buy.property('a').equals(1))
            .exists(),
        ),
      'where: The property "a" is not of the item at hand: a condition is about one event or record',
      'a property of that item or the records in it, which its function is given',
      '"a"',
    ],
    [
      () => made['records']?.(5),
      "records: 5 is not the name of a collection, a path such as 'orders.lines', or a list of names",
      "the name of a collection, a path such as 'orders.lines', or a list of names",
      '5',
    ],
    [
      () => made['records']?.(['a', 5]),
      'records: 5 is not a name, a text that is not empty',
      'a name, a text that is not empty',
      '5',
    ],
    [
      () => made['events']?.(5),
      'events: 5 is not a name, a text that is not empty',
      'a name, a text that is not empty',
      '5',
    ],
    [
      () => untyped(attribute('a'))['equals']?.(null),
      'equals: null is not a value: whether one is there, exists() and missing() ask',
      'a value: whether one is there, exists() and missing() ask',
      'null',
    ],
    [
      () => untyped(attribute('a'))['equals']?.({ get: 'x' }),
      'equals: an object is not a text, a number, true or false, a Date, {"instant": …}, {"day": …}, or a list of texts or of numbers',
      'a text, a number, true or false, a Date, {"instant": …}, {"day": …}, or a list of texts or of numbers',
      'an object',
    ],
    [
      () => untyped(attribute('a'))['inLast']?.('1d', 5),
      'inLast: 5 is not an object of options',
      'an object of options',
      '5',
    ],
    [
      () => untyped(attribute('a'))['equals']?.({ get: 'attribute', name: 5 }),
      'equals: an object is not a text, a number, true or false, a Date, {"instant": …}, {"day": …}, or a list of texts or of numbers',
      'a text, a number, true or false, a Date, {"instant": …}, {"day": …}, or a list of texts or of numbers',
      'an object',
    ],
    [
      () => untyped(attribute('a'))['in']?.(5),
      'in: 5 is not a list of values, not empty',
      'a list of values, not empty',
      '5',
    ],
    [
      () => made['hasAnyTag']?.(5),
      'hasAnyTag: 5 is not a tag, a text that is not empty',
      'a tag, a text that is not empty',
      '5',
    ],
    [
      () => made['inSegment']?.({ id: 5 }),
      'inSegment: 5 is not the id of a segment, a text that is not empty',
      'the id of a segment, a text that is not empty',
      '5',
    ],
    [
      () => made['inSegment']?.(5),
      'inSegment: 5 is not the id of a segment, a text that is not empty',
      'the id of a segment, a text that is not empty',
      '5',
    ],
    [
      () => made['attribute']?.(5),
      'attribute: 5 is not a name, a text that is not empty',
      'a name, a text that is not empty',
      '5',
    ],
    [
      () => made['someOf']?.(2, hasTag('a')),
      'someOf: an object is not a list of rules, not empty',
      'a list of rules, not empty',
      'an object',
    ],
    [
      () => buys.from(5).to(5),
      'to: The window ends before it begins: there is nothing in it',
      'an instant after 5',
      '5',
    ],
    [
      () => buys.to(5).from(6),
      'from: The window ends before it begins: there is nothing in it',
      'an instant before 5',
      '6',
    ],
    [
      () => orders['nth']?.(1),
      'nth: "nth" is about time, which records have only by a date field of theirs',
      'the name of a date field',
      'undefined',
    ],
    [
      () => made['sequence']?.(buys, { of: 5 }),
      'sequence: "of" is no property of the options of "sequence" (and 1 more)',
      'same',
      '"of"',
    ],
    [
      () => records('orders').where(() => records('tickets').exists()),
      'where: The collection "tickets" is not of the item at hand: a condition is about one event or record',
      'a property of that item or the records in it, which its function is given',
      '"tickets"',
    ],
    [
      () => made['sequence']?.(buys.count(), followedBy(buys)),
      "sequence: an object is not events, such as events('purchase').where(…)",
      "events, such as events('purchase').where(…)",
      'an object',
    ],
    [
      () => untyped(buys)['from']?.('2026-02-30'),
      'from: "2026-02-30" is not an instant: a Date, milliseconds since 1970, or a written date, YYYY-MM-DD or YYYY-MM-DDTHH:MM[:SS[.fraction]] with Z, an offset or neither',
      'an instant: a Date, milliseconds since 1970, or a written date, YYYY-MM-DD or YYYY-MM-DDTHH:MM[:SS[.fraction]] with Z, an offset or neither',
      '"2026-02-30"',
    ],
    [
      () => untyped(buys)['from']?.(attribute('a')),
      'from: an object is not an instant: a Date, milliseconds since 1970, or a written date, YYYY-MM-DD or YYYY-MM-DDTHH:MM[:SS[.fraction]] with Z, an offset or neither',
      'an instant: a Date, milliseconds since 1970, or a written date, YYYY-MM-DD or YYYY-MM-DDTHH:MM[:SS[.fraction]] with Z, an offset or neither',
      'an object',
    ],
  ])('says so: %s', (call, message, expected, received) => {
    expect(call).toThrow(expect.objectContaining({ message, expected, received }) as Error)
  })
})
