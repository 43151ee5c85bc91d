import { isCoterieError, show } from '../base/errors.js'
import { nearestName } from '../base/nearest.js'
import type { SegmentKind } from '../changes/change.js'
import type { Rule } from '../rules/ast.js'
import { readRule } from '../rules/read-rule.js'
import { referencesOf, walkRule } from '../rules/rule-walk.js'
import { analyseRule, type AnalysisOptions } from './analyse-rule.js'
import type { Finding, Severity } from './finding.js'
import { fixedSegments } from './fixed-segments.js'
import { Prover } from './prover.js'
import { withValueAt } from './rule-edit.js'
import { relationsOf, type SegmentRelation } from './segment-relations.js'
import { namedTags } from './named-tags.js'

/** A segment as it is defined; without a rule it is one whose members are put in by hand. */
export interface SegmentDefinition {
  readonly id: string
  readonly rule?: Rule | undefined
  /** Default: dynamic with a rule, static without. Only of a dynamic one it is known who is in it. */
  readonly kind?: SegmentKind | undefined
  /** Of a damped one: the rule by which members stay. */
  readonly stay?: Rule | undefined
}

/** How a set of segments is analysed. */
export interface SegmentsAnalysisOptions extends Omit<AnalysisOptions, 'segments'> {
  /** The segments that are used outside of rules: by automations, audiences, pages. Only where it is given, unused ones are told. */
  readonly used?: Iterable<string> | undefined
}

/** What was found out about a set of segments. Plain JSON. */
export interface SegmentsAnalysis {
  /** By segment, in the order in which they are given; what is about the whole set comes last. */
  readonly findings: readonly Finding[]
  /** How segments that have something in common stand to each other, as far as it is proved. */
  readonly relations: readonly SegmentRelation[]
}

/**
 * Looks a set of segments over: each rule by itself, with the rules of the others known, and how they stand to each other.
 * Costs a few proofs for each pair of segments that are about something in common, and the effort bounds them all.
 *
 * @throws CoterieError for wrong options. What is wrong with a rule is a finding.
 */
export function analyseSegments(
  definitions: Iterable<SegmentDefinition>,
  given: SegmentsAnalysisOptions = {},
): SegmentsAnalysis {
  const all = [...definitions]
  const options = withKnownTags(given)
  const findings: Finding[] = []
  const rules = readableRules(all, options)
  const ids = new Set(all.map(({ id }) => id))
  const looped = loopOf(rules, options)
  if (looped !== undefined) findings.push(looped)
  const known = looped === undefined ? dynamicRules(all, rules) : new Map<string, Rule>()
  const stays = readableRules(
    all.map(({ id, stay }) => ({ id, rule: stay })),
    options,
  )
  const analysed = (rule: Rule | undefined, read: Rule | undefined): readonly Finding[] =>
    rule === undefined
      ? []
      : [...analyseRule(rule, { ...options, segments: known }).findings, ...unknownSegments(read, ids)]
  for (const { id, rule, stay } of all) {
    const own = analysed(rule, rules.get(id))
    const ofStay = analysed(stay, stays.get(id)).map((each) => ({ ...each, path: ['stay', ...each.path] }))
    findings.push(...[...own, ...ofStay].map((finding) => Object.freeze({ ...finding, segment: id })))
  }
  const both = [...rules.values(), ...stays.values()]
  const prover = new Prover({ ...options, segments: known }, [...rules.values()])
  const relations = looped === undefined ? relationsOf(known, prover) : []
  findings.push(...relations.filter(({ relation }) => relation === 'equal').map(equalSegments))
  findings.push(...fixedSegments(known, prover).map((id) => aboutSegment(id, 'SEGMENT_FIXED', 'hint', fixedWords)))
  if (options.used !== undefined) findings.push(...unusedSegments(all, both, new Set(options.used)))
  findings.push(...unusedTags(options.known?.tags, both))
  return Object.freeze({ findings: Object.freeze(findings), relations: Object.freeze(relations) })
}

/** Tags that may come from an iterator are gone through more than once. */
function withKnownTags(options: SegmentsAnalysisOptions): SegmentsAnalysisOptions {
  const tags = options.known?.tags
  return tags === undefined ? options : { ...options, known: { ...options.known, tags: [...tags] } }
}

const fixedWords = 'Whether a contact is in this segment never changes: a static one, or none, would do'

/** The rules that can be read, as they were read. */
function readableRules(all: readonly SegmentDefinition[], options: SegmentsAnalysisOptions): ReadonlyMap<string, Rule> {
  const { schema, timeZone = 'UTC', weekStartsOn, limits } = options
  const rules = new Map<string, Rule>()
  for (const { id, rule } of all) {
    const read = rule === undefined ? undefined : readRule(rule, { schema, timeZone, weekStartsOn, limits })
    if (read?.ok === true) rules.set(id, read.rule)
  }
  return rules
}

/** The rules that say all there is to say of who is in a segment. */
function dynamicRules(all: readonly SegmentDefinition[], rules: ReadonlyMap<string, Rule>): ReadonlyMap<string, Rule> {
  const found = new Map<string, Rule>()
  for (const { id, kind = 'dynamic' } of all) {
    const rule = rules.get(id)
    if (rule !== undefined && kind === 'dynamic') found.set(id, rule)
  }
  return found
}

/** A loop of segments, where there is one: nothing can be said of rules that ask for themselves. */
function loopOf(rules: ReadonlyMap<string, Rule>, options: SegmentsAnalysisOptions): Finding | undefined {
  try {
    new Prover({ ...options, segments: rules }, [...rules.values()])
    return undefined
  } catch (error) {
    if (!isCoterieError(error) || error.code !== 'RULE_LOOP') throw error
    return Object.freeze({ code: 'RULE_LOOP', severity: 'error', path: [], message: error.message })
  }
}

function unknownSegments(rule: Rule | undefined, ids: ReadonlySet<string>): readonly Finding[] {
  const findings: Finding[] = []
  if (rule === undefined) return findings
  walkRule(rule, (node, path) => {
    if (node.op !== 'inSegment' || ids.has(node.segment)) return
    const nearest = nearestName(node.segment, ids)
    const hint = nearest === undefined ? '' : `; did you mean ${show(nearest)}?`
    findings.push({
      code: 'SEGMENT_UNKNOWN',
      severity: 'error',
      path: [...path, 'segment'],
      message: `There is no segment ${show(node.segment)}${hint}`,
      ...(nearest === undefined
        ? undefined
        : {
            fix: {
              title: `Use ${show(nearest)}`,
              rule: withValueAt(rule, [...path, 'segment'], nearest),
              keepsMeaning: false,
            },
          }),
    })
  })
  return findings
}

function equalSegments({ one, other }: SegmentRelation): Finding {
  const message = `It has always the same members as ${show(one)}: one of the two could refer to the other`
  return aboutSegment(other, 'SEGMENTS_EQUAL', 'warning', message)
}

function unusedSegments(
  all: readonly SegmentDefinition[],
  rules: readonly Rule[],
  used: ReadonlySet<string>,
): readonly Finding[] {
  const referred = new Set(rules.flatMap((rule) => [...referencesOf(rule)]))
  return all
    .filter(({ id }) => !used.has(id) && !referred.has(id))
    .map(({ id }) => aboutSegment(id, 'SEGMENT_UNUSED', 'hint', 'Nobody uses this segment, and no other refers to it'))
}

function unusedTags(tags: Iterable<string> | undefined, rules: Iterable<Rule>): readonly Finding[] {
  if (tags === undefined) return []
  const isNamed = namedTags(rules)
  return [...tags]
    .filter((tag) => !isNamed(tag))
    .map((tag) =>
      Object.freeze({
        code: 'TAG_UNUSED',
        severity: 'hint',
        path: [],
        message: `No rule asks for the tag ${show(tag)}`,
      }),
    )
}

function aboutSegment(segment: string, code: Finding['code'], severity: Severity, message: string): Finding {
  return Object.freeze({ code, severity, segment, path: Object.freeze([]), message })
}
