import type { AutomationDefine, AutomationDefinition } from '../changes/automation-changes.js'
import { exactMs } from '../base/duration.js'
import { Program } from './program.js'

/** An automation as it was defined. Runs keep to the one that they began with. */
export class Automation {
  readonly id: string
  /** The revision of the engine in which it was defined. */
  readonly version: number
  #definition: AutomationDefinition
  #program: Program
  /** How many runs by it are under way. */
  runs = 0
  /** Whether it begins runs: not when it was removed, or defined anew. */
  isCurrent = true

  constructor(id: string, version: number, definition: AutomationDefinition) {
    this.id = id
    this.version = version
    this.#definition = definition
    this.#program = new Program(definition.steps)
  }

  get definition(): AutomationDefinition {
    return this.#definition
  }

  /** Another definition of the same shape: tags in it have other names. */
  set definition(rewritten: AutomationDefinition) {
    this.#definition = rewritten
    this.#program = new Program(rewritten.steps)
  }

  get program(): Program {
    return this.#program
  }

  /** Whether leaving a segment cancels runs that began with entering it. */
  get cancelsOnExit(): boolean {
    return this.#definition.cancelOnExit ?? true
  }

  /** Whether a contact may begin now that began last at an instant, or never. */
  admits(lastAt: number | undefined, now: number): boolean {
    const { reentry = 'always' } = this.#definition
    if (lastAt === undefined || reentry === 'always') return true
    return reentry !== 'once' && now >= lastAt + exactMs(reentry)
  }
}

/** The definition that a change carries. */
export function definitionOf(change: AutomationDefine): AutomationDefinition {
  const parts = Object.entries(change).filter(([name]) => name !== 'type' && name !== 'automation')
  return Object.freeze(Object.fromEntries(parts)) as unknown as AutomationDefinition
}
