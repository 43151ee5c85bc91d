import fc from 'fast-check'
import { holderKinds } from '../../src/contacts/tag.js'
import type { LeafRule, Operand } from '../../src/rules/ast.js'
import { operators } from '../../src/rules/operator-table.js'
import { holderNames, tagNames } from './contacts.js'
import { itemDurations, itemInstants, itemNumbers, itemRules, itemTexts } from './items.js'
import { operandsIn, type RuleWorld } from './operands.js'
import { kinds, type Kind } from './values.js'
import { durationPairs, durations, periods, weekdays, zoneNames } from './windows.js'

type LeafOp = LeafRule['op']

/** An arbitrary for each operator that has no rules inside it; the type says that none is forgotten. */
export type LeafArbitraries = { readonly [Op in LeafOp]: fc.Arbitrary<LeafRule & { readonly op: Op }> }

const operandDepth = 2

/** The leaves of a world, by operator. */
export function leavesIn(world: RuleWorld): LeafArbitraries {
  const leftOf = operandsIn(world, 1)
  const rightOf = operandsIn(world, 6)
  /** One of the kinds that the operator is about; those that attributes hold come more often. */
  const ofKind = <T>(op: LeafOp, make: (kind: Kind) => fc.Arbitrary<T>): fc.Arbitrary<T> => {
    const held = new Set<Kind>(Object.values(world.kinds ?? {}))
    return fc.oneof(...kindsOf(op).map((kind) => ({ weight: held.has(kind) ? 5 : 1, arbitrary: make(kind) })))
  }
  const left = (op: LeafOp): fc.Arbitrary<Operand> => ofKind(op, (kind) => leftOf(kind, operandDepth))
  const right = (op: LeafOp): fc.Arbitrary<Operand> => ofKind(op, (kind) => rightOf(kind, operandDepth))

  const compared = <Op extends LeafOp>(op: Op) =>
    ofKind(op, (kind) =>
      fc.record({ op: fc.constant(op), left: leftOf(kind, operandDepth), right: rightOf(kind, operandDepth) }),
    )
  /** Now and then a number or a text that is made of events or records. */
  const itemNumber = itemNumbers(world.stage)
  const someNumber = fc.oneof<fc.Arbitrary<Operand>[]>(fc.constantFrom(0, 0.3, 1, 2), itemNumber)
  const itemText = fc.record({ left: itemTexts(world.stage), right: fc.constantFrom('hat', 'boots') })
  const itemPair = fc.oneof<fc.Arbitrary<{ left: Operand; right: Operand }>[]>(
    fc.record({ left: itemNumber, right: someNumber }),
  )
  const compare = <Op extends LeafOp>(op: Op) => {
    const ofItems = kindsOf(op).includes('text') ? fc.oneof(itemPair, itemText) : itemPair
    return fc.oneof(
      { weight: 3, arbitrary: compared(op) },
      { weight: 1, arbitrary: ofItems.map((pair) => ({ op, ...pair })) },
    )
  }
  const lists = <Op extends LeafOp>(op: Op) =>
    ofKind(op, (kind) => {
      // An empty list that is written is refused: it would mean everyone or nobody.
      const wanted = rightOf(kind, operandDepth).filter((operand) => !Array.isArray(operand) || operand.length > 0)
      return fc.record({ op: fc.constant(op), left: leftOf(kind, operandDepth), right: wanted })
    })
  const dates = <Op extends LeafOp>(op: Op) =>
    fc.record(
      { op: fc.constant(op), left: left(op), right: right(op), timeZone: zoneNames },
      { requiredKeys: ['op', 'left', 'right'] },
    )
  const options = <Op extends LeafOp>(op: Op) =>
    ofKind(op, (kind) =>
      fc.record({
        op: fc.constant(op),
        left: leftOf(kind, operandDepth),
        right: fc.array(rightOf(kind, operandDepth), { minLength: 1, maxLength: 3 }),
      }),
    )
  const presence = <Op extends LeafOp>(op: Op) => fc.record({ op: fc.constant(op), left: left(op) })
  const text = <Op extends LeafOp>(op: Op) =>
    fc.record(
      { op: fc.constant(op), left: left(op), right: rightOf('text', operandDepth), ignoreCase: fc.boolean() },
      { requiredKeys: ['op', 'left', 'right'] },
    )
  const rolling = <Op extends LeafOp>(op: Op) =>
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record(
          { op: fc.constant(op), left: left(op), duration: durations, timeZone: zoneNames },
          { requiredKeys: ['op', 'left', 'duration'] },
        ),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          op: fc.constant(op),
          left: itemInstants(world.stage),
          duration: itemDurations,
          timeZone: zoneNames,
        }),
      },
    )
  const tags = <Op extends LeafOp>(op: Op) =>
    fc.record({
      op: fc.constant(op),
      tags: fc.uniqueArray(fc.constantFrom(...tagNames), { minLength: 1 }),
    })

  return {
    equals: compare('equals'),
    notEquals: compare('notEquals'),
    in: options('in'),
    notIn: options('notIn'),
    exists: presence('exists'),
    missing: presence('missing'),
    isEmpty: presence('isEmpty'),
    greaterThan: compare('greaterThan'),
    atLeast: compare('atLeast'),
    lessThan: compare('lessThan'),
    atMost: compare('atMost'),
    between: ofKind('between', (kind) =>
      fc.record(
        {
          op: fc.constant('between' as const),
          left: leftOf(kind, operandDepth),
          low: rightOf(kind, operandDepth),
          high: rightOf(kind, operandDepth),
          timeZone: zoneNames,
        },
        { requiredKeys: ['op', 'left', 'low', 'high'] },
      ),
    ),
    contains: text('contains'),
    notContains: text('notContains'),
    startsWith: text('startsWith'),
    endsWith: text('endsWith'),
    matches: fc.record(
      {
        op: fc.constant('matches' as const),
        left: left('matches'),
        pattern: fc.constantFrom('a', '^a', 'b$', '[ab]+', '^.?$', '[^a]'),
        ignoreCase: fc.boolean(),
      },
      { requiredKeys: ['op', 'left', 'pattern'] },
    ),
    containsAny: lists('containsAny'),
    containsAll: lists('containsAll'),
    containsNone: lists('containsNone'),
    before: dates('before'),
    after: dates('after'),
    on: dates('on'),
    inLast: rolling('inLast'),
    notInLast: rolling('notInLast'),
    inNext: rolling('inNext'),
    moreThanAgo: rolling('moreThanAgo'),
    betweenAgo: fc
      .tuple(durationPairs, fc.record({ left: left('betweenAgo'), timeZone: zoneNames }, { requiredKeys: ['left'] }))
      .map(([pair, rest]) => ({ op: 'betweenAgo', ...pair, ...rest })),
    inCalendar: fc.record(
      {
        op: fc.constant('inCalendar' as const),
        left: left('inCalendar'),
        period: periods(world.stage),
        weekStartsOn: weekdays,
        timeZone: zoneNames,
      },
      { requiredKeys: ['op', 'left', 'period'] },
    ),
    anniversaryIn: fc.record(
      {
        op: fc.constant('anniversaryIn' as const),
        left: left('anniversaryIn'),
        days: fc.constantFrom(1, 2, 7, 366),
        current: fc.boolean(),
        leapDay: fc.constantFrom('feb28' as const, 'mar1' as const),
        timeZone: zoneNames,
      },
      { requiredKeys: ['op', 'left', 'days', 'current'] },
    ),
    hasTag: fc.record({ op: fc.constant('hasTag' as const), tag: fc.constantFrom(...tagNames) }),
    hasAnyTag: tags('hasAnyTag'),
    hasAllTags: tags('hasAllTags'),
    hasNoneOfTags: tags('hasNoneOfTags'),
    hasTagLike: fc.record({
      op: fc.constant('hasTagLike' as const),
      pattern: fc.constantFrom('*', 'source-*', 'v*p', '*a', 'vip'),
    }),
    tagHeldBy: fc.record(
      {
        op: fc.constant('tagHeldBy' as const),
        tag: fc.constantFrom(...tagNames),
        holder: fc.constantFrom(...holderKinds),
        by: fc.constantFrom(...holderNames),
      },
      { requiredKeys: ['op', 'tag', 'holder'] },
    ),
    inSample: fc
      .tuple(fc.constantFrom('salt', 'pepper'), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 10 }))
      .map(([salt, from, length]) => ({
        op: 'inSample',
        salt,
        from: from * 1000,
        to: Math.min(from + length, 10) * 1000,
      })),
    ...itemRules(world.stage),
  }
}

/** The kinds of value that the operator's left side can be about, by the table of operators. */
function kindsOf(op: LeafOp): readonly Kind[] {
  const { on } = operators[op]
  return kinds.filter((kind) => on?.some((type) => type === typeOfKind(kind)))
}

function typeOfKind(kind: Kind): string {
  if (kind === 'choice') return 'text'
  return kind === 'texts' || kind === 'numbers' ? 'list' : kind
}
