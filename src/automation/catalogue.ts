import { CoterieError } from '../base/errors.js'
import type { AutomationDefine } from '../changes/automation-changes.js'
import type { AutomationRule } from '../engine/automation-port.js'
import { unknownSegment, type SegmentRegistry } from '../segments/registry.js'
import type { Segment } from '../segments/segment.js'
import type { TagNames } from '../rules/retag.js'
import type { Draft } from '../store/draft.js'
import { Automation, definitionOf } from './automation.js'
import { namesTag, retagDefinition, rulesOf, segmentsOf } from './definition-parts.js'
import { TriggerIndex } from './trigger-index.js'

/** The automations that are defined, and those defined before by which runs still go. */
export class Catalogue {
  readonly #current = new Map<string, Automation>()
  /** In the order in which they are asked: that in which they were first defined. */
  #all: readonly Automation[] = Object.freeze([])
  #index: TriggerIndex | undefined
  #isUnchecked = false
  /** How many definitions there were. */
  versions = 0

  /** Those that begin runs, by id. */
  get current(): ReadonlyMap<string, Automation> {
    return this.#current
  }

  /** All that begin runs or have some; one whose last run is over stays until another definition comes. */
  get all(): readonly Automation[] {
    return this.#all
  }

  /** Which of them ask for what. */
  get index(): TriggerIndex {
    this.#index ??= new TriggerIndex(this.#all)
    return this.#index
  }

  /** Defines an automation; gives back the one that is there where it says the same. */
  define(draft: Draft, change: AutomationDefine): { readonly automation: Automation; readonly before?: Automation } {
    const before = this.#current.get(change.automation)
    const definition = definitionOf(change)
    this.#isUnchecked = true
    if (before !== undefined && JSON.stringify(before.definition) === JSON.stringify(definition))
      return { automation: before, before }
    this.versions += 1
    const automation = new Automation(change.automation, this.versions, definition)
    this.#replace(draft, before, automation)
    return { automation, ...(before === undefined ? undefined : { before }) }
  }

  /** Takes an automation away. */
  remove(draft: Draft, automation: Automation): void {
    this.#replace(draft, automation, undefined)
  }

  /** Takes over an automation as it was saved. */
  load(automation: Automation): void {
    this.#all = [...this.#all, automation]
    if (automation.isCurrent) this.#current.set(automation.id, automation)
    this.#index = undefined
  }

  /**
   * Checks that all segments are there that automations name. Looks only where something was defined or taken away. Runs by an
   * older definition do without: what they wait for does not come, and what they ask is not so.
   *
   * @throws CoterieError `SEGMENT_UNKNOWN`, `SEGMENT_IN_USE`.
   */
  check(segments: SegmentRegistry, removed: readonly Segment[]): void {
    if (!this.#isUnchecked && removed.length === 0) return
    for (const { id, definition } of this.#current.values()) {
      for (const { segment, path } of segmentsOf(definition)) {
        if (segments.get(segment) !== undefined) continue
        if (removed.some((one) => one.id === segment)) throw inUse(segment, id)
        throw unknownSegment(segment, segments.ids(), path)
      }
    }
    this.#isUnchecked = false
  }

  /** All rules of those that begin runs. */
  *rules(): Iterable<AutomationRule> {
    for (const { id, definition } of this.#current.values())
      for (const { rule, path } of rulesOf(definition)) yield { id, path, rule }
  }

  /** The ids of those that put one of several tags on, take one off, or are triggered by one. */
  naming(tags: ReadonlySet<string>): readonly string[] {
    return [...this.#current.values()].filter(({ definition }) => namesTag(definition, tags)).map(({ id }) => id)
  }

  /** Rewrites tags; returns the ids of those that are others then. */
  retag(draft: Draft, names: TagNames): readonly string[] {
    const rewritten = new Set<string>()
    for (const automation of this.#all) {
      const before = automation.definition
      const after = retagDefinition(before, names)
      if (after === before) continue
      automation.definition = after
      this.#index = undefined
      rewritten.add(automation.id)
      draft.onRollback(() => {
        automation.definition = before
        this.#index = undefined
      })
    }
    return [...rewritten]
  }

  /** Puts an automation in the place of another; either may be none. */
  #replace(draft: Draft, before: Automation | undefined, after: Automation | undefined): void {
    const all = this.#all
    const current = [...this.#current]
    if (before !== undefined) {
      before.isCurrent = false
      if (after === undefined) this.#current.delete(before.id)
    }
    if (after !== undefined) {
      this.#current.set(after.id, after)
      const place = before === undefined ? -1 : all.indexOf(before)
      this.#all = place < 0 ? [...all, after] : [...all.slice(0, place), after, ...all.slice(place)]
    }
    this.#all = this.#all.filter(({ isCurrent, runs }) => isCurrent || runs > 0)
    this.#index = undefined
    draft.onRollback(() => {
      if (before !== undefined) before.isCurrent = true
      this.#current.clear()
      for (const [id, automation] of current) this.#current.set(id, automation)
      this.#all = all
      this.#index = undefined
    })
  }
}

function inUse(segment: string, automation: string): CoterieError {
  return new CoterieError(
    'SEGMENT_IN_USE',
    `Segment ${JSON.stringify(segment)} cannot be removed: the automation ${JSON.stringify(automation)} names it`,
    { received: segment, expected: 'a segment that no automation names' },
  )
}
