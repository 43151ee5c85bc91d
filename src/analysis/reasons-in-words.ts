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
}

/**
 * Reasons as a list in English, a line for each: what decides, what would turn it over, and when time alone will. Ends
 * without a line break.
 */
export function reasonsInWords(reasons: Reasons | MembershipReasons, { describe, changes = 3 }: WordsOptions): string {
  const byHand = 'byHand' in reasons ? reasons.byHand : undefined
  const lines = [byHand === undefined ? (reasons.holds ? 'Yes, because:' : 'No, because:') : wordsByHand[byHand]]
  lines.push(...because(reasons.because, describe, '- '))
  if (byHand === undefined && reasons.because.length === 0) lines.push('- nothing about the contact matters')
  const told = reasons.changes.slice(0, changes)
  if (told.length > 0) lines.push('It would be otherwise:', ...told.map(({ change }) => `- ${changeInWords(change)}`))
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
function changeInWords(change: ChangeInput): string {
  switch (change.type) {
    case 'contact.patch':
      return Object.entries(change.attributes)
        .map(([name, value]) => (value === null ? `without a value of ${name}` : `with ${name} ${valueInWords(value)}`))
        .join(' and ')
    case 'tag.add':
      return `with the tag ${valueInWords(change.tags)}`
    case 'tag.remove':
      return `without the tag ${valueInWords(change.tags)}`
    case 'event.record':
      return `with a ${change.event.type} at ${valueInWords({ instant: change.event.at })}${fieldsInWords(change.event.properties ?? {})}`
    case 'event.remove':
      return `without the event ${show(change.id)}`
    case 'record.put':
      return `with ${show(change.record.id)} in ${change.collection}${fieldsInWords(change.record)}`
    case 'record.remove':
      return `without ${show(change.id)} in ${change.collection}`
    default:
      return JSON.stringify(change)
  }
}

function fieldsInWords(fields: object): string {
  const told = Object.entries(fields).filter(([name]) => name !== 'id')
  return told.length === 0 ? '' : ` (${told.map(([name, value]) => `${name} ${valueInWords(value)}`).join(', ')})`
}

function valueInWords(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const { instant, day } = value as { readonly instant?: unknown; readonly day?: unknown }
    if (typeof instant === 'number') return formatInstant(instant)
    if (typeof day === 'string') return day
  }
  return JSON.stringify(value)
}
