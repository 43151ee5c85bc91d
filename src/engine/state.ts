import { DueQueue, type DueToken } from '../base/due-queue.js'
import type { Weekday } from '../base/calendar-period.js'
import type { Limits } from '../contacts/limits.js'
import type { Schema } from '../contacts/schema.js'
import { LeafIndex } from '../predicates/leaf-index.js'
import type { ContactTest, Ground } from '../predicates/ground.js'
import { testOfRule } from '../predicates/contact-test.js'
import { RulePrograms } from '../predicates/rule-programs.js'
import type { Subject } from '../predicates/subject.js'
import { WindowClock, type StoredContact } from '../predicates/window-clock.js'
import type { Rule } from '../rules/ast.js'
import type { Scope } from '../rules/scope.js'
import { Candidates } from '../segments/candidates.js'
import type { DampedEnd } from '../segments/damper.js'
import { DecisionTable } from '../segments/decision-table.js'
import { LeafUsers } from '../segments/leaf-users.js'
import { Memberships } from '../segments/memberships.js'
import { SegmentRegistry } from '../segments/registry.js'
import type { Segment, Slot, SlotEnd } from '../segments/segment.js'
import { OpenSelections } from '../selection/open-selections.js'
import { ContactStore } from '../store/contact-store.js'
import { TagCatalogue } from '../tags/tag-catalogue.js'
import { TagTrail } from '../tags/tag-trail.js'
import type { AutomationRuntime, AutomationSupport } from './automation-port.js'

/** The work done since the engine was made. */
export interface Counters {
  /** Changes applied, those of batches and listeners each. */
  changes: number
  /** Instants at which something was due. */
  steps: number
  /** Leaves of which no index can tell whether they flipped: tested against the contact as it was and as it is. */
  leafTests: number
  /** Leaves that flipped for a contact, by data or by time. */
  flips: number
  /** Segments decided for a contact. */
  candidates: number
  transitions: number
  /** Rules asked of all contacts at once: previews, comparisons and definitions. */
  scans: number
  /** Contacts of which columns did not tell what such a rule says, so that each was asked by itself. */
  scanTests: number
}

/** The part of the options that everything asks for. */
export interface Settings {
  readonly schema: Schema | undefined
  readonly timeZone: string
  readonly weekStartsOn: Weekday
  readonly limits: Limits
  readonly createsContacts: boolean
  /** How far ahead of the clock an event may lie, in ms. */
  readonly maxAhead: number
  /** How many comings and goings of tags are kept. */
  readonly tagTrail: number
  /** The most that a rule may cost. */
  readonly maxRuleCost: number
  /** What `coterie/automation` brings; `undefined` where it is left out. */
  readonly automation: AutomationSupport<EngineState> | undefined
}

/** All that an engine holds: one of each. What is done with it stands in the files beside. */
export class EngineState implements Ground {
  readonly settings: Settings
  readonly store = new ContactStore()
  readonly catalogue = new TagCatalogue()
  readonly trail: TagTrail
  readonly segments = new SegmentRegistry(this.catalogue.groups)
  readonly memberships = new Memberships()
  readonly leaves = new LeafIndex<Segment>()
  readonly programs = new RulePrograms<Segment>(this.leaves, this, (id) => this.#memberOf(id))
  readonly leafUsers = new LeafUsers(this.memberships, this.programs)
  readonly candidates = new Candidates()
  readonly decisions = new DecisionTable()
  readonly windows: WindowClock<Subject<Segment>>
  readonly openSelections = new OpenSelections()
  readonly slotEnds = new DueQueue<SlotEnd>()
  /** Contacts that wait to enter damped segments, or to leave them. */
  readonly dampedEnds = new DueQueue<DampedEnd<Segment>>()
  /** The place in the queue of each slot that ends by itself. */
  readonly slotTokens = new WeakMap<Slot, DueToken>()
  readonly automation: AutomationRuntime | undefined
  readonly counters: Counters = {
    changes: 0,
    steps: 0,
    flips: 0,
    leafTests: 0,
    candidates: 0,
    transitions: 0,
    scans: 0,
    scanTests: 0,
  }
  now: number
  revision = 0
  seq = 0
  /** While what was once done is done again: options and checks were those of that time, and nothing is refused. */
  isReplaying = false
  /** Whether something of automations was passed over while things were done again, for want of the option. */
  lacksAutomation = false

  constructor(settings: Settings, now: number) {
    this.settings = settings
    this.trail = new TagTrail(settings.tagTrail)
    this.windows = new WindowClock<Subject<Segment>>(settings.timeZone)
    this.now = now
    this.automation = settings.automation?.runtime(this)
  }

  /** The earliest instant at which anything live changes by time alone. */
  get nextDueAt(): number | undefined {
    const next = Math.min(
      this.windows.nextAt ?? Infinity,
      this.slotEnds.nextAt ?? Infinity,
      this.dampedEnds.nextAt ?? Infinity,
      this.automation?.nextAt ?? Infinity,
    )
    return next === Infinity ? undefined : next
  }

  get timeZone(): string {
    return this.settings.timeZone
  }

  /** A rule as a question to the store and to the members of segments. */
  testOf(rule: Rule): ContactTest {
    return testOfRule(rule, this, this.#memberOf)
  }

  /** Asked by its id each time: a batch can take a segment away and define another under its id. */
  readonly #memberOf = (id: string): ContactTest => {
    return (ordinal) => this.segments.get(id)?.members.has(ordinal) ?? false
  }

  /** The contact at an ordinal as rules see it now, members of segments as they are. */
  scopeOf(ordinal: number): Scope {
    const { segments } = this
    return {
      contact: this.store.view(ordinal),
      now: this.now,
      timeZone: this.settings.timeZone,
      inSegment: (id) => segments.get(id)?.members.has(ordinal) ?? false,
    }
  }
}

/** All contacts with their views, in the order in which they were put. */
export function storedContacts({ store }: EngineState): readonly StoredContact[] {
  return store.directory.inOrder().map((ordinal) => ({ ordinal, view: store.view(ordinal) }))
}
