import type { Path } from '../base/errors.js'
import type {
  AutomationDefinition,
  AutomationStep,
  AutomationTrigger,
  StepChange,
} from '../changes/automation-changes.js'
import type { Operand, Rule } from '../rules/ast.js'
import { retagRule, tagsNamed, type TagNames } from '../rules/retag.js'
import { referencesOf } from '../rules/rule-walk.js'

/*
 * What is in a definition: its rules, the segments and tags that it names, each where it stands; and the definition with other names
 * for its tags.
 */

/** A step where it stands. */
interface StepAt {
  readonly step: AutomationStep
  readonly path: Path
}

/** All rules that are asked of contacts. */
export function* rulesOf(definition: AutomationDefinition): Iterable<{ readonly rule: Rule; readonly path: Path }> {
  if (definition.if !== undefined) yield { rule: definition.if, path: ['if'] }
  for (const { step, path } of stepsOf(definition.steps, ['steps'])) {
    if (step.step === 'if') yield { rule: step.rule, path: [...path, 'rule'] }
    if (step.step === 'set') yield { rule: asRule(step.to), path: [...path, 'to'] }
    if (step.step === 'waitUntil') yield { rule: asRule(step.date), path: [...path, 'date'] }
  }
}

/** All segments that are named: in triggers, in rules, and by steps that put contacts into one. */
export function* segmentsOf(
  definition: AutomationDefinition,
): Iterable<{ readonly segment: string; readonly path: Path }> {
  for (const { trigger, path } of triggersOf(definition))
    if (trigger.on === 'enter' || trigger.on === 'exit') yield { segment: trigger.segment, path: [...path, 'segment'] }
  for (const { rule, path } of rulesOf(definition)) for (const segment of referencesOf(rule)) yield { segment, path }
  for (const { step, path } of stepsOf(definition.steps, ['steps'])) {
    if (step.step !== 'change') continue
    for (const [place, change] of step.changes.entries())
      if ('segment' in change) yield { segment: change.segment, path: [...path, 'changes', place, 'segment'] }
  }
}

/** Whether one of several tags triggers it, is put on or taken off by it. */
export function namesTag(definition: AutomationDefinition, tags: ReadonlySet<string>): boolean {
  for (const { trigger } of triggersOf(definition))
    if ((trigger.on === 'tagAdded' || trigger.on === 'tagRemoved') && tags.has(trigger.tag)) return true
  for (const { step } of stepsOf(definition.steps, [])) {
    if (step.step !== 'change') continue
    if (step.changes.some((change) => 'tags' in change && change.tags.some((tag) => tags.has(tag)))) return true
  }
  return false
}

/** The tags that it asks for, in rules and triggers, and those that its steps put on. */
export function tagsOf(definition: AutomationDefinition): {
  readonly reads: readonly string[]
  readonly puts: readonly string[]
} {
  const reads = new Set<string>()
  const puts = new Set<string>()
  for (const { trigger } of triggersOf(definition))
    if (trigger.on === 'tagAdded' || trigger.on === 'tagRemoved') reads.add(trigger.tag)
  for (const { rule } of rulesOf(definition)) for (const tag of tagsNamed(rule)) reads.add(tag)
  for (const { step } of stepsOf(definition.steps, [])) {
    if (step.step !== 'change') continue
    for (const change of step.changes) if (change.type === 'tag.add') for (const tag of change.tags) puts.add(tag)
  }
  return { reads: Object.freeze([...reads]), puts: Object.freeze([...puts]) }
}

/** All triggers, with where they stand. */
export function* triggersOf(
  definition: AutomationDefinition,
): Iterable<{ readonly trigger: AutomationTrigger; readonly path: Path }> {
  for (const [place, trigger] of definition.when.entries()) yield { trigger, path: ['when', place] }
  for (const [place, trigger] of (definition.cancelWhen ?? []).entries()) yield { trigger, path: ['cancelWhen', place] }
  for (const { step, path } of stepsOf(definition.steps, ['steps'])) {
    if (step.step !== 'waitFor') continue
    for (const [place, trigger] of step.triggers.entries()) yield { trigger, path: [...path, 'triggers', place] }
  }
}

/** All steps, those inside others too. */
export function* stepsOf(steps: readonly AutomationStep[], path: Path): Iterable<StepAt> {
  for (const [place, step] of steps.entries()) {
    const at = [...path, place]
    yield { step, path: at }
    for (const [name, inner] of innerSteps(step)) yield* stepsOf(inner, [...at, name])
  }
}

function innerSteps(step: AutomationStep): readonly (readonly [string, readonly AutomationStep[]])[] {
  switch (step.step) {
    case 'if':
    case 'waitFor':
      return [
        ['then', step.then ?? []],
        ['else', step.else ?? []],
      ]
    case 'call':
      return [['failed', step.failed ?? []]]
    default:
      return []
  }
}

/** The definition with other names for its tags; itself where it names none of them. Triggers by a tag that is gone go with it. */
export function retagDefinition(definition: AutomationDefinition, names: TagNames): AutomationDefinition {
  const rewritten: AutomationDefinition = {
    ...definition,
    when: retagTriggers(definition.when, names),
    steps: retagSteps(definition.steps, names),
    ...(definition.if === undefined ? undefined : { if: retagRule(definition.if, names) }),
    ...(definition.cancelWhen === undefined ? undefined : { cancelWhen: retagTriggers(definition.cancelWhen, names) }),
  }
  return JSON.stringify(rewritten) === JSON.stringify(definition) ? definition : Object.freeze(rewritten)
}

function retagTriggers(triggers: readonly AutomationTrigger[], names: TagNames): readonly AutomationTrigger[] {
  return Object.freeze(
    triggers.flatMap((trigger) => {
      if (trigger.on !== 'tagAdded' && trigger.on !== 'tagRemoved') return [trigger]
      const tag = names(trigger.tag)
      return tag === undefined ? [] : [Object.freeze({ ...trigger, tag })]
    }),
  )
}

function retagSteps(steps: readonly AutomationStep[], names: TagNames): readonly AutomationStep[] {
  return Object.freeze(steps.map((step) => Object.freeze(retagStep(step, names))))
}

function retagStep(step: AutomationStep, names: TagNames): AutomationStep {
  switch (step.step) {
    case 'change':
      return { ...step, changes: Object.freeze(step.changes.flatMap((change) => retagChange(change, names))) }
    case 'set':
      return { ...step, to: retagOperand(step.to, names) }
    case 'waitUntil':
      return { ...step, date: retagOperand(step.date, names) }
    case 'call':
      return step.failed === undefined ? step : { ...step, failed: retagSteps(step.failed, names) }
    case 'waitFor':
      return { ...step, triggers: retagTriggers(step.triggers, names), ...retagWays(step, names) }
    case 'if':
      return { ...step, rule: retagRule(step.rule, names), ...retagWays(step, names) }
    default:
      return step
  }
}

function retagWays(
  step: { readonly then?: readonly AutomationStep[]; readonly else?: readonly AutomationStep[] },
  names: TagNames,
): { then: readonly AutomationStep[]; else?: readonly AutomationStep[] } {
  return {
    ...(step.then === undefined ? undefined : { then: retagSteps(step.then, names) }),
    ...(step.else === undefined ? undefined : { else: retagSteps(step.else, names) }),
  } as { then: readonly AutomationStep[]; else?: readonly AutomationStep[] }
}

/** A change of tags with their other names; none where all of them are gone. */
function retagChange(change: StepChange, names: TagNames): readonly StepChange[] {
  if (change.type !== 'tag.add' && change.type !== 'tag.remove') return [change]
  const tags = [...new Set(change.tags.map(names).filter((tag) => tag !== undefined))]
  return tags.length === 0 ? [] : [Object.freeze({ ...change, tags: Object.freeze(tags) })]
}

/** A value made of a tag that is gone is missing, and so it is of a tag that nobody has: it can keep its name. */
function retagOperand(operand: Operand, names: TagNames): Operand {
  const rewritten = retagRule(asRule(operand), names)
  return rewritten.op === 'exists' ? rewritten.left : operand
}

/** An operand as a part of a rule, so that what is known of rules is known of it. */
function asRule(left: Operand): Rule {
  return Object.freeze({ op: 'exists', left })
}
