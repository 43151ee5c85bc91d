import { readChange } from '../../changes/read-change.js'
import type { Schema } from '../../contacts/schema.js'
import type { EventName } from '../../delivery/listeners.js'
import { readable } from '../../engine/arguments.js'
import { readOptions, type EngineOptions } from '../../engine/options.js'
import { nextDueOfRules } from './due.js'
import { naiveFaces } from './naive-faces.js'
import { NaiveInward } from './naive-inward.js'
import { listenNaively } from './naive-listeners.js'
import { NaiveModel } from './naive-model.js'
import type { NaiveEngine } from './engine-face.js'

/**
 * An engine that is obviously right and slow, for suites that check their use of the real one against it, and to step
 * through: after every change and at every due instant it asks the plain evaluator about everybody again.
 *
 * It moves the same contacts at the same instants, in the same order. What it leaves out: the outcomes of receipts are
 * empty, causes name neither the change nor the window, a step that moves nobody is none and so does not count in
 * revisions, of several things that are wrong it may name another one, and it keeps every event whatever `retain` says.
 *
 * @throws CoterieError as `createEngine`.
 */
export function naiveEngine<const S extends Schema = Schema>(options: EngineOptions<S>): NaiveEngine<S> {
  const { settings, core, now } = readable('OPTION_INVALID', 'The options cannot be read', () => readOptions(options))
  const { timeZone, maxAhead, createsContacts } = settings
  const { clock, cascadeLimit } = core
  const model = new NaiveModel({
    now,
    timeZone,
    maxAhead,
    cascadeLimit,
    unknownContacts: createsContacts ? 'create' : 'refuse',
    nextDue: nextDueOfRules,
    read: (input) => readChange(input, settings),
    ...(clock === undefined ? undefined : { clock }),
  })
  const inward = new NaiveInward(model)
  const engine: NaiveEngine = {
    get now() {
      return model.now
    },
    get revision() {
      return model.revision
    },
    timeZone,
    apply: (change) => inward.apply(change),
    batch: (changes) => inward.batch(changes),
    advanceTo: (to) => inward.apply({ type: 'clock.advance', to }),
    on: (event: EventName, ...rest: readonly unknown[]) => listenNaively(model, event, rest),
    ...naiveFaces(model, inward, settings),
  }
  return Object.freeze(engine) as unknown as NaiveEngine<S>
}
