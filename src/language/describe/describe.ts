import type { Path } from '../../base/errors.js'
import type { GroupRule, Operand, Rule, SomeOfRule } from '../../rules/ast.js'
import { readRule } from '../../rules/read-rule.js'
import { english } from './english.js'
import { withSchemaLabels } from '../schema-labels.js'
import { nameWords } from './name-words.js'
import type { DescribeOptions, Labels, Outline, Telling, Wording } from './wording.js'

/** A rule in words: one sentence, or with `as: 'list'` a nested list with a line for each condition. It never throws for the rule. */
export function describe(
  rule: Rule,
  options: DescribeOptions & { readonly as?: 'sentence' | 'list' | undefined } = {},
): string {
  const { wording = english } = options
  if (options.as === 'list') return linesOf(outline(rule, options), 0).join('\n')
  const read = readRule(rule, { limits: options.limits })
  return wording.sentence(
    read.ok ? wording.rule(read.rule, tellingOf(options, wording)) : wording.unreadable(read.issues[0]),
  )
}

function linesOf({ text, parts }: Outline, depth: number): readonly string[] {
  const line = `${'  '.repeat(depth)}- ${text}${parts.length === 0 ? '' : ':'}`
  return [line, ...parts.flatMap((part) => linesOf(part, depth + 1))]
}

/** A rule in words, part by part. It never throws for the rule. */
export function outline(rule: Rule, options: DescribeOptions = {}): Outline {
  const { wording = english } = options
  const read = readRule(rule, { limits: options.limits })
  if (!read.ok) return { text: wording.unreadable(read.issues[0]), parts: [], path: [] }
  return outlineOf(read.rule, [], wording, tellingOf(options, wording))
}

function outlineOf(rule: Rule, path: Path, wording: Wording, telling: Telling): Outline {
  if (isGroup(rule)) return groupOutline(rule, false, path, path, wording, telling)
  if (rule.op === 'not' && isGroup(rule.rule)) {
    return groupOutline(rule.rule, true, path, [...path, 'rule'], wording, telling)
  }
  return { text: wording.rule(rule, telling), parts: [], path }
}

function isGroup(rule: Rule): rule is GroupRule | SomeOfRule {
  return rule.op === 'all' || rule.op === 'any' || rule.op === 'someOf'
}

function groupOutline(
  group: GroupRule | SomeOfRule,
  isDenied: boolean,
  path: Path,
  groupPath: Path,
  wording: Wording,
  telling: Telling,
): Outline {
  const parts = group.rules.map((part, place) => outlineOf(part, [...groupPath, 'rules', place], wording, telling))
  return { text: wording.heading(group, isDenied), parts, path }
}

function tellingOf(options: DescribeOptions, wording: Wording): Telling {
  const { segments, timeZone = 'UTC' } = options
  const labels = withSchemaLabels(options.labels ?? {}, options.schema)
  const names = new Map([...(segments ?? [])].map((one) => (typeof one === 'string' ? [one, one] : [one.id, one.name])))
  const called = (kind: keyof Labels) => (name: string) => labelOf(labels[kind], name) ?? nameWords(name)
  const make = (isItem: boolean): Telling => {
    const telling: Telling = {
      isItem,
      timeZone,
      attribute: called('attributes'),
      property: called('properties'),
      event: called('events'),
      records: called('records'),
      tag: (tag) => labelOf(labels.tags, tag) ?? tag,
      segment: (id) => names.get(id) ?? id,
      inner: (rule) => {
        const words = wording.rule(rule, telling)
        return wording.holdsTogether(rule) ? words : `(${words})`
      },
      value: (operand: Operand) => wording.value(operand, telling),
      ofItem: () => make(true),
    }
    return telling
  }
  return make(false)
}

/** The label of a name, looked up so that names such as `__proto__` find nothing that nobody put there. */
function labelOf(labels: { readonly [name: string]: string } | undefined, name: string): string | undefined {
  return labels !== undefined && Object.hasOwn(labels, name) ? labels[name] : undefined
}
