import { durationOf, type DurationText } from '../base/duration.js'
import type { Path } from '../base/errors.js'
import { report } from '../contacts/reading.js'
import type { RuleReading } from './rule-reading.js'

const limits = ['within', 'after'] as const

/** Checks what concerns several fields of a step, or its place; `values` are those that were read, `properties` all that are there. */
export function checkStep(
  place: number,
  values: ReadonlyMap<string, unknown>,
  properties: ReadonlyMap<string, unknown>,
  reading: RuleReading,
  path: Path,
): void {
  if (place === 0) checkFirst(values, reading, path)
  else if (values.get('not') === true) checkNot(properties, reading, path)
  checkLimits(values, reading, path)
}

/** The first step has nothing before it. */
function checkFirst(values: ReadonlyMap<string, unknown>, reading: RuleReading, path: Path): void {
  const refused = [
    ...(values.get('not') === true ? ['not'] : []),
    ...limits.filter((name) => values.get(name) !== undefined),
    ...(values.get('from') === 'start' ? ['from'] : []),
  ]
  for (const name of refused) {
    const message = `The first step comes after nothing: \`${name}\` stands in later ones`
    const received = `\`${name}\` in the first step`
    report(reading, { code: 'RULE_INVALID', path: [...path, name], message, expected: 'a step that happens', received })
  }
}

/** Only when its time is over is it certain that something has not happened; and there is no telling before that it will not. */
function checkNot(properties: ReadonlyMap<string, unknown>, reading: RuleReading, path: Path): void {
  if (properties.get('within') === undefined) {
    const message = 'That something does not happen can only be said of a stretch of time'
    const expected = "an exact duration such as '1d'"
    report(reading, { code: 'RULE_INVALID', path: [...path, 'within'], message, expected, received: 'undefined' })
  }
  if (properties.get('after') !== undefined) {
    const message = 'A step that does not happen has `within` and no `after`'
    const expected = 'a step without `after`'
    report(reading, { code: 'RULE_INVALID', path: [...path, 'after'], message, expected, received: '`after`' })
  }
}

function checkLimits(values: ReadonlyMap<string, unknown>, reading: RuleReading, path: Path): void {
  const [within, after] = limits.map((name) => {
    const text = values.get(name) as DurationText | undefined
    if (text === undefined) return undefined
    const duration = durationOf(text)
    if (duration.kind === 'exact') return duration.ms
    const message = 'The limits of a step are exact: a month is of no certain length'
    const expected = "an exact duration such as '30d'"
    report(reading, { code: 'DURATION_INVALID', path: [...path, name], message, expected, received: text })
    return undefined
  })
  if (within === undefined || after === undefined || after < within) return
  const message = 'No event comes both after and within that time'
  const expected = `shorter than ${String(values.get('within'))}`
  const received = String(values.get('after'))
  report(reading, { code: 'DURATION_INVALID', path: [...path, 'after'], message, expected, received })
}
