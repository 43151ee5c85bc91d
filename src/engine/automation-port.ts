import type { CoterieError, Path } from '../base/errors.js'
import type { AutomationChange } from '../changes/automation-changes.js'
import type { Change } from '../changes/change.js'
import type { DefinitionReaders } from '../changes/change-reading.js'
import type { ChangeInput } from '../changes/input.js'
import type { Outcome, Receipt } from '../changes/receipt.js'
import type { TagEvent, Transition } from '../changes/transition.js'
import type { TagNames } from '../rules/retag.js'
import type { Rule } from '../rules/ast.js'
import type { Segment } from '../segments/segment.js'
import type { Draft } from '../store/draft.js'
import type { Touched } from '../store/touched.js'

/*
 * Where automation hangs on the engine. It is no part of the engine, so that who has none does not carry it: `coterie/automation`
 * brings it as an option. All that it knows follows from changes and from what they did, and its own doings are changes; so it
 * stands here as a part of the state, asked at the same places when something is done and when it is done again.
 */

/** The engine that automation does things in; `S` is its state. */
export interface AutomationHost<S> {
  readonly state: S
  /** Whether changes are taken: not while the storage fails. */
  readonly accepts: boolean
  apply(change: ChangeInput): Receipt
  /** Applies changes as one; while a batch is being made they are a part of it. */
  together(changes: readonly ChangeInput[]): Receipt
  /** Calls after each change or advance from outside. */
  onSettled(call: () => void): () => void
  /** Tells of an error that nobody waits for. */
  report(error: CoterieError): void
}

/** Automations, as `automations()` of `coterie/automation` makes them, to be given to an engine. */
export interface EngineAutomations {
  /** Tells them from other objects. */
  readonly kind: 'automations'
}

/** What an engine asks of automations: apart from what it is given, whose declaration would bring all of its state along. */
export interface AutomationSupport<S> extends EngineAutomations {
  /** A new state of it, for a new state of an engine. */
  runtime(state: S): AutomationRuntime
  /** Tells the one that does things, not only follows. Throws `OPTION_INVALID` where there is one already. */
  bind(host: AutomationHost<S>, runtime: AutomationRuntime): void
  /** Reads what is in definitions, checked and resolved. */
  readonly definitions: DefinitionReaders
}

/** What a transaction did, for those who look for what calls for automation. */
export interface Happened {
  readonly changes: readonly Touched[]
  readonly transitions: readonly Transition[]
  readonly tagEvents: readonly TagEvent[]
}

/** What is to be done next. */
export interface Turn {
  /** To be applied as one; none where nothing is to be done after all. */
  readonly changes: readonly Change[]
  /** Whose doing it is, for the causes. */
  readonly name: string
  /** What went wrong before it came to changes. */
  readonly error?: CoterieError
  /** What to do instead where the changes are refused. */
  otherwise(error: CoterieError): readonly Change[]
  /** Called when they were applied, with a promise for when they are durable. */
  applied(durable: () => Promise<number>): void
}

/** A rule of an automation. */
export interface AutomationRule {
  readonly id: string
  readonly path: Path
  readonly rule: Rule
}

/** The automations of an engine, and their runs. */
export interface AutomationRuntime {
  /** The earliest instant at which a run goes on by time alone. */
  readonly nextAt: number | undefined
  /** Lets runs go on that wait until now. */
  takeDue(at: number): void
  /** Writes a change, with its way back in the draft. Throws where it does not fit what is there. */
  apply(draft: Draft, change: AutomationChange): Outcome
  /** Checks what can only be checked when everything is known. Throws `SEGMENT_UNKNOWN`, `SEGMENT_IN_USE`. */
  check(removed: readonly Segment[]): void
  /** Takes note of what a transaction did. */
  happened(what: Happened): void
  /** The next thing to do; `undefined` when all is done. */
  next(): Turn | undefined
  /** While things are done again: what was called for until now was answered, or nothing came of it. */
  forgetCalls(): void
  /** While things are done again: these changes were made, and answer what called for them. */
  answered(changes: readonly Change[]): void
  /** After a restore: lets runs go on that were cut off between two steps. */
  resume(): void
  /** Forgets contacts that are gone, by their ids. */
  forget(isForgotten: (contactId: string) => boolean): void
  /** All rules of automations. */
  rules(): Iterable<AutomationRule>
  /** Those that put one of several tags on or take one off, or are triggered by one. */
  naming(tags: ReadonlySet<string>): readonly string[]
  /** Rewrites tags in automations; returns the ids of those that are others then. */
  retag(draft: Draft, names: TagNames): readonly string[]
  /** All of it as plain JSON, in parts. */
  save(): readonly unknown[]
  /** Takes over what was saved; called with each part in order. */
  load(part: unknown): void
}
