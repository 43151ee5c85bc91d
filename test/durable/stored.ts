import {
  memoryStorage,
  openEngine,
  type Engine,
  type EngineOptions,
  type StorageAdapter,
  type StoredEngine,
  type StorageOptions,
} from 'coterie'
import { gridStep } from '../arbitraries/instants.js'
import { fullSchema } from '../arbitraries/schemas.js'
import type { Stage } from '../arbitraries/stages.js'
import { stateOf } from '../properties/playing.js'

/** All that can be asked of an engine, the catalogue of tags and their trail too. */
export function wholeStateOf(engine: Engine): unknown {
  const { catalogue } = engine.tags
  return {
    state: stateOf(engine),
    declared: catalogue.declared(),
    groups: catalogue.groups(),
    trail: catalogue.trail(),
    trails: engine.contacts.ids().map((contact) => catalogue.trail({ contact })),
  }
}

/** An engine like `engineIn` of the properties, kept in a storage. */
export function openIn(
  stage: Stage,
  storage: StorageAdapter = memoryStorage(),
  options: Partial<EngineOptions & StorageOptions> = {},
): Promise<StoredEngine> {
  return openEngine({
    schema: fullSchema.schema,
    now: stage.around - 2 * gridStep,
    timeZone: stage.timeZone,
    storage,
    ...options,
  })
}
