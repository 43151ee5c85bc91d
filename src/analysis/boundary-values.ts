import { addMonths, epochDayOf, formatDay } from '../base/civil.js'
import { lowerCase } from '../base/text.js'
import { timeZone } from '../base/time-zone.js'
import { epochDay, isDay, isInstant, isList, type ListValue, type Value } from '../contacts/value.js'
import { isLiteral, type LeafRule, type Operand } from '../rules/ast.js'
import { operandValue } from '../rules/evaluate.js'
import { operandsOf } from '../rules/rule-walk.js'
import type { Scope } from '../rules/scope.js'
import { intervalOf, isWindowRule } from '../rules/windows.js'
import { nextNumber, previousNumber } from './number-atoms.js'

/*
 * Values at which a leaf may turn over: those that it compares with, one step to either side, the ends of its window, a text
 * with and without the part it asks for. They are tries: whether one of them turns a rule over is asked of the evaluator.
 */

/** Values for one operand of a leaf at which the leaf may turn over, as the contact is otherwise. */
export function boundaryValues(leaf: LeafRule, of: Operand, scope: Scope): readonly Value[] {
  const now = operandValue(of, scope)
  const others = operandsOf(leaf)
    .filter(({ operand }) => operand !== of)
    .map(({ operand }) => operandValue(operand, scope))
    .filter((value) => value !== undefined)
  const beside = others.flatMap((value) => valuesBeside(value, now, zoneOf(leaf, scope)))
  if (isWindowRule(leaf)) return [...beside, ...datesBeside(intervalOf(leaf, scope), zoneOf(leaf, scope))]
  if (leaf.op === 'anniversaryIn') return [...beside, ...anniversaries(leaf.days, zoneOf(leaf, scope), scope.now)]
  if (leaf.op === 'isEmpty') return ['', [], 'a']
  if (leaf.op === 'exists' || leaf.op === 'missing') return [true, 0, 'a', ['a'], { instant: scope.now }]
  return beside
}

function zoneOf(leaf: LeafRule, scope: Scope): string {
  return ('timeZone' in leaf ? leaf.timeZone : undefined) ?? scope.timeZone
}

/** What lies on and beside a value that something is compared with; `now` is what that is at present. */
function valuesBeside(value: Value, now: Value | undefined, zone: string): readonly Value[] {
  if (typeof value === 'number') return numbersBeside(value)
  if (typeof value === 'boolean') return [value, !value]
  if (typeof value === 'string') return textsBeside(value, now)
  if (isList(value)) return listsBeside(value, now)
  if (isInstant(value)) return datesBeside({ from: value.instant, to: value.instant + 1 }, zone)
  const day = epochDay(value)
  const of = timeZone(zone)
  return [day, day - 1, day + 1]
    .map(dayOf)
    .concat(datesBeside({ from: of.startOfDay(day), to: of.startOfDay(day + 1) }, zone))
}

/** Whole steps first: 81 is a better answer to "more than 80" than the next double there is. */
function numbersBeside(value: number): readonly number[] {
  const whole = [Math.floor(value) + 1, Math.ceil(value) - 1]
  return [value, ...whole, nextNumber(value), previousNumber(value)].filter(Number.isFinite)
}

function textsBeside(part: string, now: Value | undefined): readonly string[] {
  if (typeof now !== 'string') return [part, `${part}a`]
  const at = lowerCase(now).indexOf(lowerCase(part))
  const without = at < 0 ? [] : [now.slice(0, at) + now.slice(at + part.length)]
  return [now + part, part + now, part, ...without]
}

function listsBeside(elements: ListValue, now: Value | undefined): readonly Value[] {
  const held: readonly (string | number)[] = now !== undefined && isList(now) ? now : []
  const of = typeof elements[0]
  const rest = held.filter((element) => typeof element === of)
  const wanted = new Set<string | number>(elements)
  const one = [...wanted].map((element) => listOf([...new Set([...rest, element])]))
  return [
    ...one,
    listOf([...new Set([...rest, ...wanted])]),
    listOf(rest.filter((element) => !wanted.has(element))),
    elements,
  ]
}

function listOf(elements: readonly (string | number)[]): ListValue {
  return elements as ListValue
}

/** The first and last instants and days of a window, and those just outside. */
function datesBeside({ from, to }: { readonly from: number; readonly to: number }, zone: string): readonly Value[] {
  const instants = [from, from - 1, to - 1, to].filter(Number.isFinite)
  const days = instants.map((at) => timeZone(zone).dayOf(at)).flatMap((day) => [day, day - 1, day + 1])
  return [...instants.map((instant): Value => ({ instant })), ...[...new Set(days)].map(dayOf)]
}

/** A day as a value: the first or the last there is, where it lies beyond. */
function dayOf(day: number): Value {
  return { day: formatDay(Math.min(Math.max(day, epochDayOf(0, 1, 1)), epochDayOf(9999, 12, 31))) }
}

/** Days of which an anniversary is near, and one of which none is. */
function anniversaries(days: number, zone: string, now: number): readonly Value[] {
  const today = timeZone(zone).dayOf(now)
  const near = [today, today + 1, today + days, today - 1, today + days + 1]
  return near
    .map((day) => addMonths(day, -12))
    .flatMap((day): readonly Value[] => [dayOf(day), { instant: timeZone(zone).startOfDay(day) }])
}

/** How a value is moved so that another, which it is a part of, moves to a target: `score + 5` to 81 by `score` to 76. */
export function movedAlong(value: Value, whole: Value, target: Value): Value | undefined {
  if (typeof whole === 'number' && typeof target === 'number' && typeof value === 'number')
    return value + (target - whole)
  if (isLiteral(value) && typeof value === 'object' && typeof whole === 'object' && typeof target === 'object') {
    if (isInstant(value) && isInstant(whole) && isInstant(target))
      return { instant: value.instant + target.instant - whole.instant }
    if (isDay(value) && isDay(whole) && isDay(target))
      return dayOf(epochDay(value) + epochDay(target) - epochDay(whole))
  }
  return undefined
}
