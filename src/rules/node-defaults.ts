import type { CalendarPeriod } from '../base/calendar-period.js'
import type { ValueType } from '../contacts/value.js'
import type { OperandGet, RuleOp } from './ast.js'
import type { WindowName } from './item-window-fields.js'
import type { NodeField } from './node-fields.js'
import type { RuleReading } from './rule-reading.js'
import { mayBeDate } from './side-types.js'

/**
 * Brings the fields that may be left out into the one form that a rule has: the zone and the first day of the week are
 * written where they can matter and the reading has them, and nowhere else; what says only the default is left out.
 * Whether they can matter is for the rule itself to say, by `types`, and not for a schema: so a rule that was read with one
 * is the same where it is read again without.
 */
export function writeDefaults(
  name: RuleOp | OperandGet | WindowName,
  fields: readonly NodeField[],
  values: Map<string, unknown>,
  types: readonly ValueType[],
  reading: RuleReading,
): void {
  for (const { name: field, kind, optional } of fields) {
    if (kind === 'timeZone') write(values, field, reading.nodeZone, name !== 'between' || mayBeDate(types))
    if (kind === 'weekday') write(values, field, reading.weekStartsOn, isOfWeeks(values))
    if (kind === 'flag' && optional && values.get(field) === false) values.delete(field)
    if (kind === 'leapDay' && values.get(field) === 'feb28') values.delete(field)
  }
}

/** Writes a value where there is none; takes it away where it does not matter. */
function write(values: Map<string, unknown>, name: string, value: unknown, matters: boolean): void {
  if (!matters) values.delete(name)
  else if (value !== undefined && !values.has(name)) values.set(name, value)
}

/** Whether a node counts in weeks, itself or by its period. */
function isOfWeeks(values: ReadonlyMap<string, unknown>): boolean {
  const { unit } = (values.get('period') ?? {}) as Partial<Extract<CalendarPeriod, { readonly unit: unknown }>>
  return (unit ?? values.get('unit')) === 'week'
}
