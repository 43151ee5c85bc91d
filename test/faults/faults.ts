// Deliberate faults: small edits to the source, each of which the suite must catch. An edit says in which function it is
// made and which text there, found exactly once, becomes which other; so one that no longer applies is noticed at once.

/** A small edit that breaks something, and the tests that must notice. */
export interface Fault {
  /** In `src`. */
  readonly file: string
  /** The name of the function, or the method with its class before it: `DueQueue.takeDue`. */
  readonly in: string
  /** What stands there, exactly once. */
  readonly from: string
  readonly to: string
  /** The tests that must notice, in `test`. */
  readonly caughtBy: readonly string[]
}

const fault = (file: string, place: string, from: string, to: string, ...caughtBy: readonly string[]): Fault =>
  Object.freeze({ file, in: place, from, to, caughtBy })

const model = 'model/engine-model.test.ts'
const dueQueue = 'base/due-queue.test.ts'
const windows = 'base/window.properties.test.ts'
const windowClock = 'predicates/window-clock.test.ts'
const edgeCursor = 'predicates/edge-cursor.test.ts'
const draft = 'store/draft.test.ts'
const damped = 'engine/damped-segments.test.ts'
const kept = 'model/kept-model.test.ts'
const journalFile = 'durable/journal-file.test.ts'
const frames = 'durable/flipped-bits.test.ts'
const conformance = 'storage/conformance.test.ts'
const stopping = 'durable/stopping.test.ts'

const clock: readonly Fault[] = [
  fault('base/due-queue.ts', 'DueQueue.takeDue', 'first.at <= at', 'first.at < at', dueQueue),
  fault('base/due-queue.ts', 'isBefore', 'a.order < b.order', 'a.order > b.order', dueQueue),
  fault('base/due-queue.ts', 'DueQueue.#takeOut', 'this.#moveUp(last)', '', dueQueue),
  fault('base/due-queue.ts', 'DueQueue.remove', 'this.#takeOut(entry)', 'this.#heap.pop()', dueQueue),
  fault('base/window-edge.ts', 'shiftedEdge', 'value - shift + 1', 'value - shift', windows),
  fault('base/window-edge.ts', 'leastDayBeyond', 'dayFrom(middle) > target', 'dayFrom(middle) >= target', windows),
  fault('base/window-edge.ts', 'dayEdge', 'today !== lastToday', 'Number.isNaN(lastToday)', windows),
  fault('predicates/edge-cursor.ts', 'EdgeCursor.cross', '<= at', '< at', windowClock),
  fault('predicates/edge-cursor.ts', 'EdgeCursor.added', 'dueAt > now', 'dueAt > now + 1', edgeCursor),
  fault(
    'predicates/edge-cursor.ts',
    'EdgeCursor.find',
    'firstAbove(bound - 1)',
    'firstAbove(bound)',
    windowClock,
    model,
  ),
  fault(
    'engine/step.ts',
    'takeStep',
    'transaction.setSlot(segment, kind, ordinal, undefined)',
    'void [segment, kind, ordinal]',
    'engine/hybrid-segments.test.ts',
  ),
]

const engine: readonly Fault[] = [
  fault('segments/settlement.ts', 'addDependents', 'candidates.addThrough(rank, moved)', 'void [rank, moved]', model),
  fault(
    'segments/settlement.ts',
    'settleContact',
    '!gone && belongsBySlots',
    'belongsBySlots',
    model,
    'engine/contact-changes.test.ts',
  ),
  fault('segments/damping.ts', 'isDampedMember', 'from <= now', 'from < now', damped, model),
  fault('segments/damping.ts', 'movesFrom', 'rule() && stay()', 'rule()', damped, model),
  fault(
    'segments/settlement.ts',
    'belongsDamped',
    'damper.wait(ordinal, isTime ? undefined : from)',
    'void damper',
    damped,
  ),
  fault('segments/leaf-users.ts', 'LeafUsers.#layOut', '|| isDamped ? signs.both', '? signs.both', damped),
  fault(
    'engine/replay.ts',
    'arm',
    'waitAgain(state, segment)',
    'void waitAgain',
    damped,
    'durable/restoring.properties.test.ts',
  ),
  fault('segments/settlement.ts', 'emitMoved', 'now - since', 'since - now', 'engine/visits.test.ts'),
  fault('segments/visits.ts', 'Visits.begin', '+ 1', '+ 2', 'segments/visits.test.ts'),
  fault(
    'segments/visits.ts',
    'Visits.set',
    'this.#since[place] = since',
    'this.#since[place] ||= since',
    'segments/visits.test.ts',
    'engine/visits.test.ts',
  ),
  fault(
    'delivery/listeners.ts',
    'Listeners.tell',
    '!listener.ended && wantsTransition',
    'wantsTransition',
    'engine/listeners.test.ts',
    'engine/listener-changes.test.ts',
  ),
  fault(
    'delivery/listeners.ts',
    'wantsTransition',
    "kind === 'definition' || ",
    '',
    'engine/listeners.test.ts',
    'engine/listener-causes.test.ts',
  ),
  fault(
    'delivery/listeners.ts',
    'wantsTransition',
    'filter.contact === transition.contactId',
    'true',
    'engine/listeners.test.ts',
  ),
  fault(
    'engine/transaction.ts',
    'Transaction.commit',
    'this.#forgetRemovedContacts()',
    '',
    model,
    'engine/hybrid-segments.test.ts',
  ),
  fault('engine/transaction.ts', 'Transaction.commit', 'this.#moveDates()', '', 'engine/clock.test.ts'),
  fault('engine/transaction.ts', 'Transaction.commit', 'this.#queueEnds()', '', 'engine/hybrid-segments.test.ts'),
  fault(
    'engine/make-transition.ts',
    'makeTransition',
    'state.seq += 1',
    'state.seq += 2',
    'engine/transitions.test.ts',
  ),
  fault(
    'engine/transaction.ts',
    'Transaction.#forgetRows',
    'segment.visits?.delete(ordinal)',
    'void segment',
    model,
    'engine/visits.test.ts',
  ),
  fault(
    'engine/put-tag.ts',
    'makeWay',
    'if (others.some(isHeldByRule)) return undefined',
    '',
    'engine/automatic-tags.test.ts',
    'engine/defects-tags.test.ts',
  ),
  fault('engine/put-tag.ts', 'leaveOne', 'since === latest', 'since !== latest', 'tags/catalogue.test.ts', model),
]

const store: readonly Fault[] = [
  fault('store/touched.ts', 'noted', 'if (!notes.has(name)) ', '', draft, model),
  fault(
    'store/draft.ts',
    'Draft.rollback',
    'this.#undo?.reverse()',
    'this.#undo',
    draft,
    'engine/batch.test.ts',
    model,
  ),
  fault(
    'store/draft.ts',
    'Draft.rollback',
    'for (const event of went) history.addEvent(ordinal, event)',
    'void went',
    draft,
    'engine/event-changes.test.ts',
    model,
  ),
  fault('store/draft.ts', 'Draft.commit', 'if (removed) ', '', draft, model),
  fault('store/draft.ts', 'identical', 'a.length === b.length && ', '', draft, 'engine/contact-changes.test.ts', model),
  fault('store/draft.ts', 'BeforeView.tagCount', 'is ? -1 : 1', 'is ? 1 : -1', draft, model),
  fault('store/draft.ts', 'BeforeView.countEvents', 'now - (', 'now + (', draft, model),
]

const storages: readonly Fault[] = [
  fault('durable/snapshot/load-state.ts', 'loadHead', 'state.seq = head.seq', '', 'durable/coming-back.test.ts', kept),
  fault(
    'durable/snapshot/load-state.ts',
    'loadHead',
    'state.store.history.arrivals = head.arrivals',
    '',
    'durable/restoring.properties.test.ts',
    'durable/coming-back.test.ts',
  ),
  fault(
    'durable/snapshot/load-state.ts',
    'loadSection',
    'store.history.setRemoved(ordinal, id, true)',
    'void id',
    'durable/coming-back.test.ts',
    kept,
  ),
  fault(
    'storage/file/frame.ts',
    'frameAt',
    'if (hex32(crc32(file.subarray(offset + 9, end))) !== checksum) return undefined',
    '',
    frames,
  ),
  fault(
    'storage/file/journal-file.ts',
    'journalFiles',
    '.sort()',
    '.sort().reverse()',
    'durable/power-cuts.test.ts',
    conformance,
  ),
  fault('storage/file/journal-file.ts', 'checkTail', 'isLast && synced <= end', 'isLast', journalFile),
  fault('durable/memory-storage.ts', 'MemorySession.records', 'position > after', 'position >= after', conformance),
  fault('durable/memory-storage.ts', 'MemorySession.drop', 'position > upTo', 'position >= upTo', conformance),
  fault(
    'durable/memory-storage.ts',
    'MemorySession.rewrite',
    'anew.get(record.position) ?? record',
    'record',
    conformance,
  ),
  fault(
    'durable/memory-storage.ts',
    'MemorySession.#write',
    'this.#kept.writer !== this.#writer',
    'false',
    conformance,
  ),
  fault(
    'durable/journal.ts',
    'Journal.until',
    'position <= this.#durablePosition',
    'position <= this.#position',
    stopping,
    conformance,
  ),
  fault('durable/journal.ts', 'Journal.resume', 'this.#landed(last)', 'void last', stopping, conformance),
  fault(
    'durable/journal.ts',
    'Journal.record',
    'this.#revision = applied.revision',
    '',
    stopping,
    conformance,
    'durable/subscriptions.test.ts',
  ),
]

const steps = 'automation/steps.test.ts'
const triggers = 'automation/triggers.test.ts'
const handlers = 'automation/handlers.test.ts'
const runsOfAutomation = 'automation/automation.properties.test.ts'

const automation: readonly Fault[] = [
  fault('automation/automation.ts', 'Automation.admits', '>= lastAt', '> lastAt', triggers),
  fault('automation/walk.ts', 'Stretch.walk', 'this.#hasChanged && looksAtContact(step)', 'false', steps),
  fault('automation/walk.ts', 'Stretch.afterCall', '2 ** (run.failures - 1)', '2 ** run.failures', handlers),
  fault('automation/walk.ts', 'Stretch.#waits', 'until <= now', 'until < now', steps, runsOfAutomation),
  fault('automation/call-desk.ts', 'CallDesk.#begin', 'this.#begun.has(automation)', 'false', triggers),
  fault('automation/call-desk.ts', 'CallDesk.#happens', 'at === event.at', 'true', triggers),
  fault('automation/occurrences.ts', 'recordsOf', 'merged.has(record)', 'false', triggers),
  fault('automation/apply-run.ts', 'moveRun', 'change.attempt === waits.attempt', 'true', handlers),
  fault('automation/apply-run.ts', 'keep', 'runs.queue(run, token.at)', 'void token', 'automation/definitions.test.ts'),
  fault('automation/handlers.ts', 'Handlers.#begin', 'durable()', 'Promise.resolve()', handlers),
  fault('automation/calls.ts', 'CallQueue.takeUpTo', '<= turn', '< turn', runsOfAutomation),
  fault('engine/core.ts', 'Core.resume', 'this.#turns?.makeAll()', 'void 0', runsOfAutomation),
  fault('engine/replay.ts', 'replay', 'automation?.forgetCalls()', 'void 0', runsOfAutomation),
]

/** All of them. */
export const faults: readonly Fault[] = Object.freeze([...clock, ...engine, ...store, ...storages, ...automation])

/** What a fault is called. */
export function faultName({ file, in: place, from, to }: Fault): string {
  return `${file}, ${place}: ${from} → ${to === '' ? 'nothing' : to}`
}
