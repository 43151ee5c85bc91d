import type { Field } from '../../contacts/schema.js'
import { holderKinds } from '../../contacts/tag.js'
import type { Value } from '../../contacts/value.js'
import type { LeafRule, Operand, Rule, RuleOp, SequenceRule } from '../../rules/ast.js'
import { operators } from '../../rules/operator-table.js'
import { comparable, itemMakers, type Maker } from './draw-item-rule.js'
import { pick, type Draw } from './draw-moment.js'
import { drawDuration, pairs, periods } from './draw-window.js'
import type { Pools } from './pools.js'

/*
 * Rules that can be read under a schema. For each operator there is a way to make it of what the schema knows, or none: a
 * schema without a list has no `containsAny`. Values come from the pools, so that rules and contacts meet.
 */

/** What rules are made of. */
export interface RuleOptions {
  /** How many groups deep they are, at most. Default 2. */
  readonly depth?: number
  /** The operators of their leaves. Default all that the schema has something for. */
  readonly operators?: readonly RuleOp[]
  /** The segments that they may refer to. Default those of the world. */
  readonly segments?: readonly string[]
}

/** The makers of leaves for a world, and how to draw a rule of them. */
export class RuleMaker {
  readonly #pools: Pools
  readonly #leaves: readonly Maker[]
  readonly #depth: number

  constructor(pools: Pools, { depth = 2, operators: wanted, segments }: RuleOptions = {}) {
    this.#pools = pools
    this.#depth = depth
    const ids = segments ?? [...pools.world.segments.keys()]
    const makers: Partial<Record<RuleOp, Maker>> = {
      ...this.#ofAttributes(),
      ...this.#ofTags(),
      ...itemMakers(this.#pools),
      inSample: (draw) => drawSample(draw),
      ...(ids.length === 0 ? {} : { inSegment: (draw) => ({ op: 'inSegment', segment: pick(ids, draw) }) }),
      everyone: () => ({ op: 'everyone' }),
      nobody: () => ({ op: 'nobody' }),
    }
    const leaves = Object.entries(makers)
      .filter(([op]) => wanted === undefined || wanted.includes(op as RuleOp))
      .map(([, maker]) => maker)
    this.#leaves = leaves.length === 0 ? [() => ({ op: 'everyone' })] : leaves
  }

  /** A rule. */
  draw(draw: Draw, depth: number = this.#depth): Rule {
    if (depth === 0 || draw(3) === 0) return pick(this.#leaves, draw)(draw)
    const inner = (): Rule => this.draw(draw, depth - 1)
    const several = (): readonly Rule[] => Array.from({ length: 1 + draw(3) }, inner)
    switch (draw(7)) {
      case 0:
      case 1:
        return { op: 'all', rules: several() }
      case 2:
      case 3:
        return { op: 'any', rules: several() }
      case 4:
        return { op: 'not', rule: inner() }
      case 5: {
        const rules = several()
        return { op: 'someOf', count: 1 + draw(rules.length), rules }
      }
      default:
        return inner()
    }
  }

  #ofAttributes(): Partial<Record<RuleOp, Maker>> {
    const fields = Object.entries(this.#pools.world.schema.attributes ?? {})
    const makers: Partial<Record<RuleOp, Maker>> = {}
    for (const [op, { on }] of Object.entries(operators)) {
      const places = fields.filter(([, field]) => on?.includes(field.type) === true)
      if (places.length === 0) continue
      makers[op as RuleOp] = (draw) => {
        const [name, field] = pick(places, draw)
        return this.#comparison(op as LeafRule['op'], { get: 'attribute', name }, field, draw)
      }
    }
    return makers
  }

  /** A leaf about a value of a field. */
  #comparison(op: LeafRule['op'], left: Operand, field: Field, draw: Draw): Rule {
    const { now } = this.#pools.world
    const value = (): Value => pick(this.#pools.valuesOf(field, now), draw)
    switch (operators[op].shape) {
      case 'presence':
        return { op, left } as Rule
      case 'options':
        return { op, left, right: Array.from({ length: 1 + draw(3) }, value) } as Rule
      case 'between':
        return { op, left, low: value(), high: value() } as Rule
      case 'pattern':
        return { op, left, pattern: pick(['a.*', '.*b', '[ab]+', 'a?'], draw) } as Rule
      case 'window':
        return this.#window(op, left, draw)
      case 'anniversary':
        return { op, left, days: 1 + draw(40), current: draw(2) === 0 } as Rule
      default: {
        const right = comparable(value(), field)
        const isText = typeof right === 'string' && 'ignoreCase' in operators[op].fields
        return { op, left, right, ...(isText && draw(3) === 0 ? { ignoreCase: true } : {}) } as Rule
      }
    }
  }

  #window(op: LeafRule['op'], left: Operand, draw: Draw): Rule {
    if (op === 'betweenAgo') return { op, left, ...pick(pairs, draw) }
    if (op === 'inCalendar') return { op, left, period: pick(periods, draw) }
    return { op, left, duration: drawDuration(this.#pools, draw) } as Rule
  }

  #ofTags(): Partial<Record<RuleOp, Maker>> {
    const tags = this.#pools.tags.length > 1 ? this.#pools.tags : ['vip', 'source-a', 'other']
    const some = (draw: Draw): readonly string[] => [
      ...new Set(Array.from({ length: 1 + draw(3) }, () => pick(tags, draw))),
    ]
    return {
      hasTag: (draw) => ({ op: 'hasTag', tag: pick(tags, draw) }),
      hasAnyTag: (draw) => ({ op: 'hasAnyTag', tags: some(draw) }),
      hasAllTags: (draw) => ({ op: 'hasAllTags', tags: some(draw) }),
      hasNoneOfTags: (draw) => ({ op: 'hasNoneOfTags', tags: some(draw) }),
      hasTagLike: (draw) => ({ op: 'hasTagLike', pattern: `${pick(tags, draw).slice(0, 2)}*` }),
      tagHeldBy: (draw) => ({ op: 'tagHeldBy', tag: pick(tags, draw), holder: pick(holderKinds, draw) }),
    }
  }
}

/** A part of all contacts: a tenth, a half, or what is left beside it. */
function drawSample(draw: Draw): Rule {
  const [from, to] = pick(samples, draw)
  return { op: 'inSample', salt: pick(['a', 'b'], draw), from, to }
}

const samples = [
  [0, 1_000],
  [0, 5_000],
  [5_000, 10_000],
] as const

/** Rules that are parts of this one, or have a part less. */
export function* smallerRules(rule: Rule): Iterable<Rule> {
  if (rule.op === 'not') {
    yield rule.rule
    for (const inner of smallerRules(rule.rule)) yield { op: 'not', rule: inner }
  } else if (rule.op === 'all' || rule.op === 'any' || rule.op === 'someOf') {
    yield* rule.rules
    const count = rule.rules.length
    if (count > 1) for (const place of rule.rules.keys()) yield withRules(rule, rule.rules.toSpliced(place, 1))
    for (const [place, inner] of rule.rules.entries())
      for (const smaller of smallerRules(inner)) yield withRules(rule, rule.rules.with(place, smaller))
  } else if (rule.op === 'sequence') {
    yield* smallerSequences(rule)
  } else if ('of' in rule && typeof rule.of === 'object') {
    const { where, window, ...bare } = rule.of
    if (where !== undefined) yield { ...rule, of: { ...bare, ...(window === undefined ? {} : { window }) } } as Rule
    if (window !== undefined) yield { ...rule, of: { ...bare, ...(where === undefined ? {} : { where }) } } as Rule
  }
}

/** A sequence needs two steps, and one that is taken must not leave an absence to begin with. */
function* smallerSequences({ steps, same, ...rule }: SequenceRule): Iterable<Rule> {
  if (same !== undefined) yield { ...rule, steps }
  const shared = same === undefined ? undefined : { same }
  for (const place of steps.keys()) {
    const fewer = steps.toSpliced(place, 1)
    if (fewer.length > 1 && fewer[0]?.not !== true && fewer[0]?.within === undefined && fewer[0]?.after === undefined)
      yield { ...rule, steps: fewer, ...shared }
  }
}

function withRules(rule: Extract<Rule, { readonly rules: unknown }>, rules: readonly Rule[]): Rule {
  return rule.op === 'someOf' ? { ...rule, count: Math.min(rule.count, rules.length), rules } : { ...rule, rules }
}
