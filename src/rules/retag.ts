import { isLiteral, type LeafRule, type Operand, type Rule } from './ast.js'
import { isNegative } from './evaluate.js'
import { operators, operands, type FieldKind } from './operator-table.js'
import { writtenFields } from './rule-walk.js'

/*
 * A rule that names tags, told of their new names. A tag that is gone is one that nobody has: a condition that asks for it
 * becomes `nobody`, its negative `everyone`, and a value made of it is missing. So the rewritten rule says of a contact
 * without the old tag exactly what the rule before says of it.
 *
 * What has nothing to rewrite in it is given back as it is.
 */

/** The tag that now stands for a tag: itself, another, or `undefined` where it is gone. */
export type TagNames = (tag: string) => string | undefined

/** The rule with other names for its tags. */
export function retagRule(rule: Rule, names: TagNames): Rule {
  switch (rule.op) {
    case 'everyone':
    case 'nobody':
    case 'inSegment':
      return rule
    case 'not': {
      const inner = retagRule(rule.rule, names)
      return inner === rule.rule ? rule : Object.freeze({ ...rule, rule: inner })
    }
    case 'all':
    case 'any':
    case 'someOf': {
      const rules = rule.rules.map((inner) => retagRule(inner, names))
      return rules.every((inner, place) => inner === rule.rules[place])
        ? rule
        : Object.freeze({ ...rule, rules: Object.freeze(rules) })
    }
    case 'hasAllTags': {
      const tags = rule.tags.map(names)
      return tags.includes(undefined) ? nobody : withTags(rule, rule.tags, tags)
    }
    case 'hasAnyTag':
    case 'hasNoneOfTags':
      return withTags(rule, rule.tags, rule.tags.map(names))
    default:
      return retagLeaf(rule, names)
  }
}

const nobody: Rule = Object.freeze({ op: 'nobody' })
const everyone: Rule = Object.freeze({ op: 'everyone' })

/** The tags that a rule names, each once, in order; those that its patterns fit are not among them. */
export function tagsNamed(rule: Rule): ReadonlySet<string> {
  const found = new Set<string>()
  retagRule(rule, (tag) => {
    found.add(tag)
    return tag
  })
  return found
}

function withTags(rule: LeafRule, before: readonly string[], names: readonly (string | undefined)[]): Rule {
  if (names.every((name, place) => name === before[place])) return rule
  const tags = new Set(names.filter((name) => name !== undefined))
  return tags.size === 0 ? ofNothing(rule) : Object.freeze({ ...rule, tags: Object.freeze([...tags]) })
}

/** What a condition says where what it is about is missing. */
function ofNothing(leaf: LeafRule): Rule {
  return isNegative(leaf) ? everyone : nobody
}

function retagLeaf(leaf: LeafRule, names: TagNames): Rule {
  return retagFields(leaf, operators[leaf.op], names) ?? ofNothing(leaf)
}

/** A node with other names for its tags; `undefined` where a value in it is missing for good. */
function retagFields<N extends object>(
  node: N,
  row: { readonly fields: Readonly<Record<string, FieldKind | `${FieldKind}?`>> },
  names: TagNames,
): N | undefined {
  const changed: Record<string, unknown> = {}
  for (const { name, kind, value } of writtenFields(node, row)) {
    const after = retagField(kind, value, names)
    if (after === undefined) return undefined
    if (after !== value) changed[name] = after
  }
  return Object.keys(changed).length === 0 ? node : Object.freeze({ ...node, ...changed })
}

function retagField(kind: FieldKind, value: unknown, names: TagNames): unknown {
  switch (kind) {
    case 'tag':
      return names(value as string)
    case 'operand':
      return retagOperand(value as Operand, names)
    case 'operands': {
      const before = value as readonly Operand[]
      const after = before.map((operand) => retagOperand(operand, names)).filter((operand) => operand !== undefined)
      if (after.length === 0) return undefined
      return after.length === before.length && after.every((operand, place) => operand === before[place])
        ? before
        : Object.freeze(after)
    }
    default:
      return value
  }
}

function retagOperand(operand: Operand, names: TagNames): Operand | undefined {
  return isLiteral(operand) ? operand : retagFields(operand, operands[operand.get], names)
}
