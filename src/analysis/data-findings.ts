import { show, type Path } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import type { DurationText } from '../base/duration.js'
import { fieldOf, type Schema } from '../contacts/schema.js'
import { isLiteral, type Items, type LeafRule, type Operand, type Rule } from '../rules/ast.js'
import { isNegative } from '../rules/evaluate.js'
import { fieldsOf, isLeaf, walkRule } from '../rules/rule-walk.js'
import type { Finding, Fix } from './finding.js'
import type { Prover } from './prover.js'
import { valueAt, withValueAt } from './rule-edit.js'
import { dateTypes } from '../rules/side-types.js'

/** What is known of the contacts that rules are asked of. */
export interface KnownData {
  /** The tags that there are, or may be. */
  readonly tags?: Iterable<string> | undefined
  /** The attributes that there are, where no schema says it. */
  readonly attributes?: Iterable<string> | undefined
  /** Of attributes: the share of contacts, from 0 to 1, that lack it. */
  readonly missing?: { readonly [attribute: string]: number } | undefined
  /** The attribute that says since when there is a contact. Default `createdAt`, where the schema has a date of that name. */
  readonly createdAt?: string | undefined
}

/** From this share of contacts on an attribute is often missing. */
const often = 0.2

interface Place {
  readonly whole: Rule
  readonly leaf: LeafRule
  readonly path: Path
  /** Whether the leaf stands under an odd number of `not`. */
  readonly isTurned: boolean
}

/** Finds what has to do with the contacts that there are: unknown names, values that are often missing, newcomers. */
export function dataFindings(
  rule: Rule,
  known: KnownData,
  schema: Schema | undefined,
  prover: Prover,
): readonly Finding[] {
  const findings: Finding[] = []
  const tags = known.tags === undefined ? undefined : new Set(known.tags)
  const attributes = known.attributes === undefined || schema !== undefined ? undefined : new Set(known.attributes)
  const createdAt = createdAtOf(known, schema)
  walkRule(rule, (node, path) => {
    if (!isLeaf(node)) return
    const place: Place = { whole: rule, leaf: node, path, isTurned: isTurned(rule, path) }
    const fields = fieldsOf(node)
    if (tags !== undefined) findings.push(...unknown('TAG_UNKNOWN', 'tag', fields.tags, tags, place))
    if (attributes !== undefined)
      findings.push(...unknown('ATTRIBUTE_UNKNOWN', 'attribute', fields.attributes, attributes, place))
    findings.push(...missing(place, known, prover))
    if (createdAt !== undefined) findings.push(...newcomers(place, createdAt, prover))
  })
  return findings
}

function isTurned(rule: Rule, path: Path): boolean {
  let turned = false
  for (const place of path.keys())
    if ((valueAt(rule, path.slice(0, place)) as { readonly op?: unknown }).op === 'not') turned = !turned
  return turned
}

function unknown(
  code: 'TAG_UNKNOWN' | 'ATTRIBUTE_UNKNOWN',
  word: string,
  names: ReadonlySet<string>,
  known: ReadonlySet<string>,
  { whole, leaf, path }: Place,
): readonly Finding[] {
  return [...names]
    .filter((name) => !known.has(name))
    .map((name): Finding => {
      const nearest = nearestName(name, known)
      const hint = nearest === undefined ? '' : `; did you mean ${show(nearest)}?`
      const message = `No contact has the ${word} ${show(name)}${hint}`
      const fix: Fix | undefined =
        nearest === undefined
          ? undefined
          : {
              title: `Use ${show(nearest)}`,
              rule: withValueAt(whole, path, renamed(leaf, word, name, nearest)),
              keepsMeaning: false,
            }
      return { code, severity: 'warning', path, message, ...(fix === undefined ? undefined : { fix }) }
    })
}

/** A leaf that names another tag, or another attribute. */
function renamed(value: unknown, word: string, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, word, from, to))
  if (typeof value !== 'object' || value === null) return value
  const isAttribute = (value as { readonly get?: unknown }).get === 'attribute'
  return Object.fromEntries(
    Object.entries(value).map(([key, one]): [string, unknown] => {
      const isName = word === 'tag' ? key === 'tag' || key === 'tags' : key === 'name' && isAttribute
      if (isName && one === from) return [key, to]
      if (isName && Array.isArray(one)) return [key, one.map((tag) => (tag === from ? to : (tag as unknown)))]
      return [key, renamed(one, word, from, to)]
    }),
  )
}

/** A negation also holds where there is no value: told where values are often missing, and nothing else asks for one. */
function missing({ whole, leaf, path, isTurned }: Place, known: KnownData, prover: Prover): readonly Finding[] {
  if (!('left' in leaf) || leaf.op === 'missing' || leaf.op === 'exists' || isNegative(leaf) === isTurned) return []
  const { left } = leaf
  const share = isLiteral(left) || left.get !== 'attribute' ? 0 : shareOf(known, left.name)
  if (share < often) return []
  const isMissing = prover.literalOf({ op: 'missing', left })
  if (prover.never(prover.literalOf(whole), isMissing)) return []
  const at = isTurned && path.at(-1) === 'rule' ? path.slice(0, -1) : path
  const exists: Rule = { op: 'exists', left }
  const narrowed: Rule = { op: 'all', rules: [exists, valueAt(whole, at) as Rule] }
  const canFix = at !== path || !isTurned
  const message = `This also holds where ${show((left as { readonly name: string }).name)} is missing, as it is for ${String(Math.round(share * 100))} % of contacts`
  return [
    {
      code: 'MISSING_INCLUDED',
      severity: 'warning',
      path: at,
      message,
      ...(canFix
        ? { fix: { title: 'Ask for a value to be there', rule: withValueAt(whole, at, narrowed), keepsMeaning: false } }
        : undefined),
    },
  ]
}

function shareOf({ missing: shares = {} }: KnownData, name: string): number {
  return Object.hasOwn(shares, name) ? (shares[name] ?? 0) : 0
}

function createdAtOf({ createdAt = 'createdAt' }: KnownData, schema: Schema | undefined): string | undefined {
  const type = fieldOf(schema?.attributes, createdAt)?.type
  return type !== undefined && (dateTypes as readonly string[]).includes(type) ? createdAt : undefined
}

/** "Nothing in the last 60 days" also holds of who came yesterday: told where nothing else keeps newcomers out. */
function newcomers({ whole, leaf, path, isTurned }: Place, name: string, prover: Prover): readonly Finding[] {
  const duration = isTurned ? undefined : absence(leaf)
  if (duration === undefined) return []
  const left: Operand = { get: 'attribute', name }
  const young = prover.literalOf({ op: 'inLast', left, duration })
  if (prover.never(prover.literalOf(whole), prover.literalOf(leaf), young)) return []
  const grown: Rule = { op: 'all', rules: [leaf, { op: 'moreThanAgo', left, duration }] }
  const fix = { title: 'Leave out newcomers', rule: withValueAt(whole, path, grown), keepsMeaning: false }
  const message = `This also holds of contacts that are younger than ${duration}: they had no time for it yet`
  return [{ code: 'ABSENCE_OF_NEWCOMERS', severity: 'hint', path, message, fix }]
}

/** How long a leaf asks that nothing, or little, has happened. */
function absence(leaf: LeafRule): DurationText | undefined {
  if (leaf.op === 'none') return lengthOf(leaf.of)
  if (leaf.op === 'notInLast') return !isLiteral(leaf.left) && leaf.left.get === 'last' ? leaf.duration : undefined
  const isFew = leaf.op === 'lessThan' || leaf.op === 'atMost' || (leaf.op === 'equals' && leaf.right === 0)
  return isFew && !isLiteral(leaf.left) && leaf.left.get === 'count' ? lengthOf(leaf.left.of) : undefined
}

function lengthOf(of: Items): DurationText | undefined {
  return 'events' in of && of.window?.window === 'inLast' ? of.window.duration : undefined
}
