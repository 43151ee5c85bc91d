import { compareText } from '../base/text.js'
import type { Rule } from '../rules/ast.js'
import { optionInvalid } from '../engine/arguments.js'
import type { AnyEngine } from '../population/any-engine.js'
import { readRuleFor, readSelections, type Selection } from '../population/selection.js'

/** The contacts that a report is about. */
export interface People {
  /** In the order in which they were put. */
  readonly ids: readonly string[]
  has(contactId: string): boolean
}

/** What contacts are told apart by: all segments, all tags, or some of either and rules. They may overlap. */
export type By = 'segments' | 'tags' | readonly (Selection | { readonly tag: string })[]

/** Those a report is about who are in a segment, have a tag, or satisfy a rule. */
export interface ReportGroup {
  readonly name: string
  /** In the order in which they were put. */
  readonly ids: readonly string[]
}

/** All contacts, or those a rule holds for now. Throws all that is wrong with the rule. */
export function peopleOf(engine: AnyEngine, within: Rule | undefined): People {
  const ids = within === undefined ? engine.contacts.ids() : engine.contacts.find(readRuleFor(engine, within))
  const known = new Set(ids)
  return { ids, has: (contactId) => known.has(contactId) }
}

/**
 * Reads what contacts are told apart by; segments as they were defined, tags by name.
 *
 * @throws CoterieError `OPTION_INVALID`, `SEGMENT_UNKNOWN`, and all that is wrong with a rule.
 */
export function groupsOf(engine: AnyEngine, by: By, people: People): readonly ReportGroup[] {
  return readSelections(engine, selections(engine, by), 'by').map(({ name, rule }) => ({
    name,
    ids: engine.contacts.find(rule).filter((contactId) => people.has(contactId)),
  }))
}

function selections(engine: AnyEngine, by: By): readonly Selection[] {
  if (by === 'segments') return engine.segments.ids()
  if (by === 'tags')
    return engine.tags
      .counts()
      .map(({ tag }) => tagged(tag))
      .sort((a, b) => compareText(a.name, b.name))
  if (!Array.isArray(by)) throw optionInvalid('by', by, 'segments, tags, or a list of them')
  return (by as readonly (Selection | { readonly tag: string })[]).map((one) =>
    typeof one === 'object' && 'tag' in one && !('op' in one) ? tagged(one.tag) : one,
  )
}

function tagged(tag: string): { readonly name: string; readonly rule: Rule } {
  return { name: tag, rule: { op: 'hasTag', tag } }
}

/** For each contact the places of the groups that it is in, ascending; nothing for one that is in none. */
export function groupsByContact(groups: readonly ReportGroup[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const [place, { ids }] of groups.entries()) {
    for (const id of ids) {
      const known = found.get(id)
      if (known === undefined) found.set(id, [place])
      else known.push(place)
    }
  }
  return found
}
