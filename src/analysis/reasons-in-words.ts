import { show } from '../base/errors.js'
import { formatInstant } from '../base/written-date.js'
import type { ChangeInput } from '../changes/input.js'
import type { Rule } from '../rules/ast.js'
import type { Because, MembershipReasons, Reasons } from './reasons.js'

/** How reasons are put into words. */
export interface WordsOptions {
  /** A rule in words; `describe` of `coterie/language`, for instance. */
  readonly describe: (rule: Rule) => string
  /** How many changes are told. Default 3. */
  readonly changes?: number | undefined
  /** What people call things in changes, by the names that rules know them by, as for `describe`. What has no label is called by its name. */
  readonly labels?: ReasonLabels | undefined
}

/** What people call things; `Labels` of `coterie/language` is one. */
export interface ReasonLabels {
  readonly attributes?: Names | undefined
  readonly events?: Names | undefined
  readonly records?: Names | undefined
  /** Properties of events and records. */
  readonly properties?: Names | undefined
  readonly tags?: Names | undefined
}

interface Names {
  readonly [name: string]: string
}

/**
 * Reasons as a list in English, a line for each: what decides, what would turn it over, and when time alone will. Ends
 * without a line break.
 */
export function reasonsInWords(
  reasons: Reasons | MembershipReasons,
  { describe, changes = 3, labels = {} }: WordsOptions,
): string {
  const byHand = 'byHand' in reasons ? reasons.byHand : undefined
  const lines = [byHand === undefined ? (reasons.holds ? 'Yes, because:' : 'No, because:') : wordsByHand[byHand]]
  lines.push(...because(reasons.because, describe, '- '))
  if (byHand === undefined && reasons.because.length === 0) lines.push('- nothing about the contact matters')
  const told = reasons.changes.slice(0, changes)
  if (told.length > 0)
    lines.push('It would be otherwise:', ...told.map(({ change }) => `- ${changeInWords(change, labels)}`))
  lines.push(timeInWords(reasons.next))
  return lines.join('\n')
}

const wordsByHand = { include: 'Yes: put in by hand', exclude: 'No: kept out by hand' } as const

function because(parts: readonly Because[], describe: (rule: Rule) => string, indent: string): readonly string[] {
  return parts.flatMap(({ rule, holds, segment }) => [
    `${indent}${holds ? 'true' : 'false'}: ${describe(rule)}`,
    ...because(segment ?? [], describe, `  ${indent}`),
  ])
}

function timeInWords(next: Reasons['next']): string {
  if ('at' in next) return `By time alone it turns at ${formatInstant(next.at)}`
  return 'never' in next
    ? 'Time alone never turns it'
    : `Time alone does not turn it before ${formatInstant(next.notBefore)}`
}

/** A change in words, as a condition. */
function changeInWords(change: ChangeInput, labels: ReasonLabels): string {
  switch (change.type) {
    case 'contact.patch':
      return Object.entries(change.attributes)
        .map(([name, value]) => {
          const called = labelOf(labels.attributes, name)
          return value === null ? `without a value of ${called}` : `with ${called} ${valueInWords(value)}`
        })
        .join(' and ')
    case 'tag.add':
      return `with the tag ${tagsInWords(change.tags, labels)}`
    case 'tag.remove':
      return `without the tag ${tagsInWords(change.tags, labels)}`
    case 'event.record':
      return `with a ${labelOf(labels.events, change.event.type)} at ${valueInWords({ instant: change.event.at })}${fieldsInWords(change.event.properties ?? {}, labels)}`
    case 'event.remove':
      return `without the event ${show(change.id)}`
    case 'record.put':
      return `with ${show(change.record.id)} in ${labelOf(labels.records, change.collection)}${fieldsInWords(change.record, labels)}`
    case 'record.remove':
      return `without ${show(change.id)} in ${labelOf(labels.records, change.collection)}`
    default:
      return JSON.stringify(change)
  }
}

/** The label of a name, looked up so that names such as `__proto__` find nothing that nobody put there. */
function labelOf(labels: Names | undefined, name: string): string {
  return labels !== undefined && Object.hasOwn(labels, name) ? (labels[name] ?? name) : name
}

function tagsInWords(tags: string | readonly string[], { tags: labels }: ReasonLabels): string {
  return valueInWords(typeof tags === 'string' ? labelOf(labels, tags) : tags.map((tag) => labelOf(labels, tag)))
}

function fieldsInWords(fields: object, { properties }: ReasonLabels): string {
  const told = Object.entries(fields).filter(([name]) => name !== 'id')
  if (told.length === 0) return ''
  return ` (${told.map(([name, value]) => `${labelOf(properties, name)} ${valueInWords(value)}`).join(', ')})`
}

function valueInWords(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const { instant, day } = value as { readonly instant?: unknown; readonly day?: unknown }
    if (typeof instant === 'number') return formatInstant(instant)
    if (typeof day === 'string') return day
  }
  return JSON.stringify(value)
}
