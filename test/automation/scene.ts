import { createEngine, type CoterieError, type Engine } from 'coterie'
import { automations, type Automations, type AutomationsOptions } from 'coterie/automation'
import type { schema } from './worlds.js'
import { engineOptions } from './worlds.js'

/** An engine with automations, one contact, and what it reported as errors. */
export interface Scene {
  readonly engine: Engine<typeof schema>
  readonly flows: Automations
  readonly errors: readonly CoterieError[]
}

export function scene(options: AutomationsOptions = {}): Scene {
  const flows = automations(options)
  const engine = createEngine({ ...engineOptions, automation: flows })
  const errors: CoterieError[] = []
  engine.on('error', (error) => errors.push(error))
  engine.contacts.put({ id: 'ada' })
  return { engine, flows, errors }
}

/** How often an automation was gone through, or is. */
export function timesOf({ flows }: Scene, automation: string): number {
  return flows.runs({ automation }).length
}
