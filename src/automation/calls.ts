import type { Cause } from '../changes/transition.js'
import type { AutomationReason } from '../changes/automation-changes.js'
import type { Rule } from '../rules/ast.js'
import type { Item } from '../rules/scope.js'
import type { Automation } from './automation.js'
import type { Run, RunWait } from './run.js'

/** What led to a call: the automation whose doing it followed from, and what that one had followed from. */
export interface Link {
  readonly automation: string
  readonly ordinal: number
  readonly because: AutomationReason
  /** Of a transition: what had caused it. */
  readonly cause?: Cause
  readonly before: Link | undefined
}

/** What a call has in common with others. */
interface CallParts {
  readonly ordinal: number
  readonly contactId: string
  readonly because: AutomationReason
  /** A condition on what happened, asked when the call is answered. */
  readonly where?: { readonly rule: Rule; readonly item: Item }
  readonly cause?: Cause
  readonly before: Link | undefined
}

/** Something that automation is called for, and that waits for its turn. */
export type Call = CallParts &
  (
    | { readonly kind: 'begin'; readonly automation: Automation }
    | { readonly kind: 'cancel' | 'leave'; readonly automation: Automation }
    | {
        /** Something happened that the run waits for, its time has come, or it goes on by itself. */
        readonly kind: 'wake' | 'due' | 'go'
        readonly run: Run
        /** Where the run stood, and what it waited for: if that is so no more, the call has nothing to say. */
        readonly at: string
        readonly wait: RunWait | undefined
      }
  )

/** A call with its number: they count up, and a journal tells by them which were answered. */
export interface NumberedCall {
  readonly turn: number
  readonly call: Call
}

/** Calls in the order in which they came. */
export class CallQueue {
  #calls: NumberedCall[] = []
  #head = 0
  #turn = 0

  /** The number of the last call. */
  get turn(): number {
    return this.#turn
  }

  /** Goes on counting from a number. */
  set turn(last: number) {
    this.#turn = last
  }

  /** The runs that calls are about which wait for their turn. */
  *runs(): Iterable<Run> {
    for (const { call } of this.#calls.slice(this.#head)) if ('run' in call) yield call.run
  }

  add(call: Call): void {
    this.#turn += 1
    this.#calls.push({ turn: this.#turn, call })
  }

  take(): NumberedCall | undefined {
    const next = this.#calls[this.#head]
    if (next === undefined) {
      this.clear()
      return undefined
    }
    this.#head += 1
    return next
  }

  clear(): void {
    if (this.#calls.length > 0) this.#calls = []
    this.#head = 0
  }

  /** Takes out all calls up to a number, and gives the one that bears it. */
  takeUpTo(turn: number): Call | undefined {
    let last: NumberedCall | undefined
    while ((this.#calls[this.#head]?.turn ?? Infinity) <= turn) last = this.take()
    return last?.turn === turn ? last.call : undefined
  }
}

/**
 * The circle that leads to a call, in words: from where the automation began for the contact to where it would begin again; all that
 * is known of the way where there is none.
 */
export function circleOf(call: Call & { readonly kind: 'begin' }): string {
  const { automation, ordinal } = call
  const words = [...wayOf(call), named(automation.id)]
  for (let link = call.before; link !== undefined; link = link.before) {
    words.unshift(named(link.automation))
    if (link.automation === automation.id && link.ordinal === ordinal) break
    words.unshift(...wayOf(link))
  }
  return words.join(' → ')
}

function named(automation: string): string {
  return `automation ${JSON.stringify(automation)}`
}

/** What lies between one automation and the next. */
function wayOf({ because, cause }: Pick<Link, 'because' | 'cause'>): readonly string[] {
  const { on, segment, tag, event, attribute, collection } = because
  const words: string[] = []
  const change = cause?.change
  if (change?.type === 'tag.add' || change?.type === 'tag.remove') words.push(`tag ${change.tags.join(', ')}`)
  else if (change?.type === 'contact.patch') words.push(`attribute ${Object.keys(change.attributes).join(', ')}`)
  else if (change?.type === 'event.record') words.push(`event ${change.event.type}`)
  else if (change?.type === 'record.put') words.push(`record of ${change.collection}`)
  if (cause?.through !== undefined) words.push(`segment ${JSON.stringify(cause.through)}`)
  if (segment !== undefined) words.push(`${on === 'exit' ? 'out of ' : ''}segment ${JSON.stringify(segment)}`)
  else if (tag !== undefined) words.push(`tag ${JSON.stringify(tag)}`)
  else if (event !== undefined) words.push(`event ${JSON.stringify(event)}`)
  else if (attribute !== undefined) words.push(`attribute ${JSON.stringify(attribute)}`)
  else if (collection !== undefined) words.push(`record of ${JSON.stringify(collection)}`)
  return words
}
