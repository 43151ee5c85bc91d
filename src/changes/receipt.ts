import type { SegmentKind } from './change.js'
import type { TagEvent, Transition } from './transition.js'

/** What a change did to one contact's tags, and what was already so. */
export interface TagOutcome {
  readonly contactId: string
  /** Tags the contact did not have before. */
  readonly added: readonly string[]
  /** Tags it had, now under one more holder. */
  readonly held: readonly string[]
  /** Tags it had under this very holder: no change. */
  readonly present: readonly string[]
  /** Tags it lost. */
  readonly removed: readonly string[]
  /** Tags of which a holder was taken off, on a removal, and which others go on holding. */
  readonly released: readonly string[]
  /** Tags it did not have, or not under the holder named, on a removal. */
  readonly absent: readonly string[]
  /** Tags that automatic rules go on holding, on a removal, and which rules. */
  readonly heldBy: readonly { readonly tag: string; readonly rules: readonly string[] }[]
  /** Tags of an exclusive group that it lost to those added; left out where there are none. */
  readonly displaced?: readonly string[]
  /** Tags that were not put on, since a rule holds another of their exclusive group; left out where there are none. */
  readonly outranked?: readonly string[]
}

/** What was rewritten where tags got other names or went. */
export interface RetagOutcome {
  /** How many contacts have other tags. */
  readonly contacts: number
  /** The ids of the segments whose rules were rewritten. */
  readonly segments: readonly string[]
  /** The ids of the automations that were rewritten; left out where there are none. */
  readonly automations?: readonly string[]
}

/** What folding did. */
export interface FoldOutcome {
  /** How many events were folded away. */
  readonly folded: number
  /** The types of these, by name: how many of each, and before which instant, from which on they are kept. */
  readonly types: readonly { readonly eventType: string; readonly before: number; readonly folded: number }[]
  /** The types of which older ones stay, since rules of these segments look at single ones of all time. */
  readonly blocked: readonly { readonly eventType: string; readonly segments: readonly string[] }[]
}

/** What a change did, and what was already so. */
export type Outcome =
  | {
      readonly type: 'contact.put'
      readonly contactId: string
      readonly created: boolean
      readonly changed: readonly string[]
    }
  | {
      readonly type: 'contact.patch'
      readonly contactId: string
      readonly created: boolean
      readonly changed: readonly string[]
    }
  | { readonly type: 'contact.remove'; readonly contactId: string }
  | { readonly type: 'contact.merge'; readonly contactId: string; readonly from: string }
  | {
      readonly type: 'contact.identify'
      readonly contactId: string
      readonly created: boolean
      readonly known: boolean
    }
  | { readonly type: 'tag.add' | 'tag.remove'; readonly contacts: readonly TagOutcome[] }
  | {
      readonly type: 'tag.define'
      readonly tag: string
      readonly created: boolean
      readonly changed: boolean
    }
  | {
      readonly type: 'tag.group'
      readonly group: string
      readonly created: boolean
      readonly changed: boolean
    }
  | { readonly type: 'tag.ungroup'; readonly group: string }
  | ({ readonly type: 'tag.rename' | 'tag.merge' | 'tag.delete' } & RetagOutcome)
  | {
      readonly type: 'event.record'
      readonly contactId: string
      readonly created: boolean
      /** An event of that id is there, or was taken out: nothing was recorded. */
      readonly duplicate: boolean
    }
  | { readonly type: 'event.correct'; readonly contactId: string; readonly changed: boolean }
  | {
      readonly type: 'event.remove'
      readonly contactId: string
      readonly removed: boolean
      /** No event of that id is there, but some of the contact's were folded away: if it was one of them, it goes on counting. */
      readonly mayBeFolded?: true
    }
  | ({ readonly type: 'event.fold' } & FoldOutcome)
  | {
      readonly type: 'record.put'
      readonly contactId: string
      readonly created: boolean
      /** Whether there was no record of that id before. */
      readonly added: boolean
      readonly changed: boolean
    }
  | { readonly type: 'record.remove'; readonly contactId: string; readonly removed: boolean }
  | {
      readonly type: 'segment.define'
      readonly segmentId: string
      readonly created: boolean
      readonly changed: boolean
    }
  | { readonly type: 'segment.describe'; readonly segmentId: string; readonly changed: boolean }
  | {
      readonly type: 'segment.convert'
      readonly segmentId: string
      readonly from: SegmentKind
      readonly to: SegmentKind
    }
  | { readonly type: 'segment.remove'; readonly segmentId: string }
  | {
      readonly type: 'member.include' | 'member.exclude' | 'member.reset'
      readonly segmentId: string
      /** Ids of those whose slot or static membership changed. */
      readonly changed: readonly string[]
      /** Ids of those for whom it was so already. */
      readonly unchanged: readonly string[]
    }
  | {
      readonly type: 'automation.define'
      readonly automation: string
      readonly created: boolean
      readonly changed: boolean
    }
  | { readonly type: 'automation.remove'; readonly automation: string }
  | {
      readonly type: 'automation.start'
      /** The id of the run; left out where none began, since one is under way. */
      readonly run?: string
    }
  | {
      readonly type: 'automation.step' | 'automation.wait' | 'automation.finish'
      readonly run: string
      /** False where the run is over or stands elsewhere: nothing was done. */
      readonly changed: boolean
    }
  | { readonly type: 'clock.advance'; readonly from: number; readonly to: number }

/** What became of a change or a batch. */
export interface Receipt {
  /** The engine's revision after it; it rises by one with each change, batch or due instant. */
  readonly revision: number
  /** The transitions that it caused, in order; those of changes that listeners made are in receipts of their own. */
  readonly transitions: readonly Transition[]
  readonly tagEvents: readonly TagEvent[]
  /** One for each change, in the order given. */
  readonly outcomes: readonly Outcome[]
  /**
   * True for a change that a listener made: it is applied, on its own, once the transitions at hand are delivered, and
   * until then the receipt is empty. What is wrong with its shape is thrown at once; where it is refused later, `error` hears of it and `durable` rejects.
   */
  readonly deferred: boolean
  /** Resolves with the revision once the change is durable. */
  readonly durable: Promise<number>
}
