import type { CalendarPeriod } from '../base/calendar-period.js'
import type { ValueType } from '../contacts/value.js'
import type { RuleOp } from './ast.js'
import type { NodeField } from './node-fields.js'
import type { RuleReading } from './rule-reading.js'
import { mayBeDate } from './side-types.js'

/**
 * Brings the fields that may be left out into the one form that a rule has: the zone and the first day of the week are
 * written where they can matter and the reading has them, and nowhere else; what says only the default is left out.
 */
export function writeDefaults(
  op: RuleOp,
  fields: readonly NodeField[],
  values: Map<string, unknown>,
  types: readonly ValueType[],
  reading: RuleReading,
): void {
  for (const { name, kind, optional } of fields) {
    if (kind === 'timeZone') write(values, name, reading.nodeZone, op !== 'between' || mayBeDate(types))
    if (kind === 'weekday') write(values, name, reading.weekStartsOn, isOfWeeks(values.get('period')))
    if (kind === 'flag' && optional && values.get(name) === false) values.delete(name)
    if (kind === 'leapDay' && values.get(name) === 'feb28') values.delete(name)
  }
}

/** Writes a value where there is none; takes it away where it does not matter. */
function write(values: Map<string, unknown>, name: string, value: unknown, matters: boolean): void {
  if (!matters) values.delete(name)
  else if (value !== undefined && !values.has(name)) values.set(name, value)
}

function isOfWeeks(period: unknown): boolean {
  const { unit } = (period ?? {}) as Partial<Extract<CalendarPeriod, { readonly unit: unknown }>>
  return unit === 'week'
}
