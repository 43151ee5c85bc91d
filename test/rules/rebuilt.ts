import {
  isLiteral,
  type Items,
  type ItemWindow,
  type Operand,
  type Rule,
  type SequenceStep,
} from '../../src/rules/ast.js'
import { rulesFor } from '../../src/rules/builders/rules-for.js'
import { nodeFields } from '../../src/rules/node-fields.js'
import { operators } from '../../src/rules/operator-table.js'

type Call = (...given: unknown[]) => unknown
/** Functions by their names: the builders, an item, or an expression. */
type Face = Readonly<Record<string, Call>>
type Parts = Readonly<Record<string, unknown>>

const builders = rulesFor() as unknown as Face

/** A rule built anew, each node by the builder of its name; `item` is what a condition is about. */
export function rebuilt(rule: Rule, item: Face = builders): Rule {
  const parts = rule as unknown as Parts
  switch (rule.op) {
    case 'everyone':
    case 'nobody':
      return builders[rule.op] as unknown as Rule
    case 'all':
    case 'any':
      return builders[rule.op]?.(...rule.rules.map((inner) => rebuilt(inner, item))) as Rule
    case 'not':
      return builders['not']?.(rebuilt(rule.rule, item)) as Rule
    case 'someOf': {
      const inner = rule.rules.map((one) => rebuilt(one, item))
      return builders['someOf']?.(rule.count, inner) as Rule
    }
    case 'inSample':
      return builders['inSample']?.(rest(parts, 'op')) as Rule
    case 'tagHeldBy':
      return (builders['tag']?.(rule.tag) as Face)['heldBy']?.(rule.holder, rule.by) as Rule
    case 'hasAnyTag':
    case 'hasAllTags':
    case 'hasNoneOfTags':
      return builders[rule.op]?.(...rule.tags) as Rule
    case 'some':
      return itemsOf(rule.of, item)['exists']?.() as Rule
    case 'none':
      return itemsOf(rule.of, item)['none']?.() as Rule
    case 'every':
      return itemsOf(rule.of, item)['every']?.((inner: Face) => rebuilt(rule.rule, inner)) as Rule
    case 'sequence':
      return builders['sequence']?.(
        ...rule.steps.map(step),
        ...(rule.same === undefined ? [] : [{ same: rule.same }]),
      ) as Rule
    default:
      return compared(parts, item)
  }
}

/** A rule by the method of its left side, or by a function of one argument. */
function compared(parts: Parts, item: Face): Rule {
  const op = parts['op'] as Rule['op']
  const [first, ...others] = nodeFields(operators[op])
  if (first?.name !== 'left') return builders[op]?.(parts[first?.name ?? '']) as Rule
  const value = valueOf(parts['left'] as Operand, item)
  if (op === 'anniversaryIn') return value[op]?.(rest(parts, 'op', 'left')) as Rule
  const required = others.filter(({ optional }) => !optional).map(({ name }) => name)
  const options = rest(parts, 'op', 'left', ...required)
  return value[op]?.(...required.map((name) => argument(parts[name], item)), options) as Rule
}

/** Operands go in as expressions, literals and all else as they are. */
function argument(part: unknown, item: Face): unknown {
  if (Array.isArray(part)) return part.map((element) => argument(element, item))
  return typeof part === 'object' && part !== null && 'get' in part ? valueOf(part as Operand, item) : part
}

/** The expression of an operand. */
function valueOf(operand: Operand, item: Face): Face {
  if (isLiteral(operand)) throw new Error('no builder begins with a literal')
  const parts = operand as unknown as Parts
  switch (operand.get) {
    case 'attribute':
      return builders['attribute']?.(operand.name) as Face
    case 'property':
      return item['property']?.(operand.name) as Face
    case 'contactId':
    case 'tagCount':
      return builders[operand.get]?.() as Face
    case 'tagAdded':
      return (builders['tag']?.(operand.tag) as Face)['added']?.() as Face
    case 'length':
      return valueOf(operand.of, item)['length']?.() as Face
    case 'plus':
    case 'minus':
    case 'times':
    case 'dividedBy':
      return valueOf(operand.left, item)[operand.get]?.(argument(operand.right, item)) as Face
    case 'later':
    case 'earlier': {
      const method = operand.get === 'later' ? 'plus' : 'minus'
      return valueOf(operand.of, item)[method]?.(operand.duration, rest(parts, 'get', 'of', 'duration')) as Face
    }
    case 'distinctPeriods': {
      const method = { day: 'distinctDays', week: 'distinctWeeks', month: 'distinctMonths' }[operand.unit]
      const options = operand.unit === 'week' ? [] : ['weekStartsOn']
      return itemsOf(operand.of, item)[method]?.(rest(parts, 'get', 'of', 'unit', ...options)) as Face
    }
    case 'count':
      return itemsOf(operand.of, item)['count']?.() as Face
    case 'nth':
      return itemsOf(operand.of, item)['nth']?.(operand.n, valueOfItem(operand.value)) as Face
    default:
      return itemsOf(operand.of, item)[operand.get]?.(valueOfItem(operand.value)) as Face
  }
}

function valueOfItem(operand: Operand | undefined): unknown {
  if (operand === undefined) return undefined
  const isName = !isLiteral(operand) && operand.get === 'property'
  return isName ? operand.name : (item: Face) => valueOf(operand, item)
}

/** The expression of events or records, of the contact or in an item. */
function itemsOf(items: Items, item: Face): Face {
  let made = ('events' in items ? builders['events']?.(items.events) : item['records']?.(items.records)) as Face
  if ('by' in items) made = made['by']?.(items.by) as Face
  if (items.window !== undefined) made = within(made, items.window)
  const { where } = items
  return where === undefined ? made : (made['where']?.((inner: Face) => rebuilt(where, inner)) as Face)
}

function within(items: Face, window: ItemWindow): Face {
  const parts = window as unknown as Parts
  switch (window.window) {
    case 'absolute': {
      const after = window.from === undefined ? items : (items['from']?.(window.from) as Face)
      return window.to === undefined ? after : (after['to']?.(new Date(window.to)) as Face)
    }
    case 'betweenAgo':
      return items['betweenAgo']?.(window.from, window.to, rest(parts, 'window', 'from', 'to')) as Face
    case 'inCalendar':
      return items['inCalendar']?.(window.period, rest(parts, 'window', 'period')) as Face
    default:
      return items[window.window]?.(window.duration, rest(parts, 'window', 'duration')) as Face
  }
}

function step({ of, not, ...limits }: SequenceStep, place: number): unknown {
  const events = itemsOf(of, builders)
  if (place === 0) return events
  return builders[not === true ? 'notFollowedBy' : 'followedBy']?.(events, limits)
}

function rest(parts: Parts, ...without: readonly string[]): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => !without.includes(name)))
}

/** Whether builders can say it: none begins with a literal (`3 < score` is `score > 3`), or takes one of each item. */
export function isSayable(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return true
  const { get, left, of, value } = node as Readonly<Record<string, Operand>>
  const moved = get === 'length' || get === 'later' || get === 'earlier' ? of : undefined
  const made = [left, moved, get === undefined ? undefined : value]
  return made.every((one) => one === undefined || !isLiteral(one)) && Object.values(node).every(isSayable)
}
