import { rulesFor, type Engine, type Schema, type Statistics } from 'coterie'
import { counted, milliseconds, printWrapped, type Terminal } from '../print/terminal.js'
import { ruleInWords, type Names } from '../words/rule-words.js'
import { check, type Fold } from './check.js'
import { companyZone } from './company.js'
import { schema } from './schema.js'

/** Who would move if a segment had another rule. */
export function showWhatIf(terminal: Terminal, { segments }: Pick<Engine, 'segments'>, names: Names): void {
  const rule = rulesFor(schema).attribute('lifetimeValue').greaterThan(4000)
  const { enter, exit } = segments.compare('vip-customers', rule)
  const segment = `${names.segment('vip-customers')} by ${ruleInWords(rule, names)} alone`
  printWrapped(terminal, `${segment}: ${enter.length} would enter and ${exit.length} leave. Nothing was saved.`)
}

/** What there is to check, and against what. */
export interface Work {
  /** The engine's statistics before the ninety days. */
  readonly before: Statistics
  /** How long they took, in ms. */
  readonly lived: number
  readonly fold: Fold
}

/** What the ninety days took, and a check of where they led; returns whether it was passed. */
export function showWork<S extends Schema>(
  terminal: Terminal,
  engine: Engine<S>,
  { before, lived, fold }: Work,
): boolean {
  const after = engine.statistics()
  const done = (counter: 'changes' | 'steps' | 'transitions' | 'candidates'): number => after[counter] - before[counter]
  const { folded, asked, different } = check(engine, companyZone, fold)
  const asEveryTime = counted(done('changes') * after.segments)
  printWrapped(
    terminal,
    `${counted(done('changes'))} changes and ${counted(done('steps'))} instants at which something fell due gave ` +
      `${counted(done('transitions'))} transitions in ${milliseconds(lived)}. A contact was decided for a segment ` +
      `${counted(done('candidates'))} times; asking all segments at every change would make ${asEveryTime}.`,
  )
  printWrapped(
    terminal,
    `Check: the ${counted(after.transitions)} transitions, one after the other, ${folded ? 'give' : 'DO NOT GIVE'} ` +
      `today's members; of ${counted(asked)} answers of the plain evaluator ` +
      `${different === 0 ? 'none differs' : `${counted(different)} DIFFER`}.`,
  )
  return folded && different === 0
}
