import { WEEKDAYS } from '../base/calendar-period.js'
import { formatDuration, readDuration, type DurationText } from '../base/duration.js'
import { isCoterieError, show, type Path } from '../base/errors.js'
import { compilePattern } from '../base/pattern.js'
import { isTimeZone } from '../base/time-zone.js'
import { readElements } from '../contacts/plain-input.js'
import { readId, readNamed, readTag, readText } from '../contacts/read-text.js'
import { report, reportName } from '../contacts/reading.js'
import { accepted, reportUnexpected } from '../contacts/refused.js'
import { holderKinds } from '../contacts/tag.js'
import { fieldWords } from './field-words.js'
import type { FieldKind } from './operator-table.js'
import { readPeriod } from './read-period.js'
import { readFlag, readWhole } from './read-whole.js'
import type { RuleReading } from './rule-reading.js'

/** The kinds of fields that hold nodes: rules, operands, or the events and records that these are about. */
export type NodeKind =
  'rule' | 'rules' | 'operand' | 'operands' | 'items' | 'recordItems' | 'itemRule' | 'itemOperand' | 'steps'

/** The kinds of fields that hold no nodes. */
export type PlainKind = Exclude<FieldKind, NodeKind>

const nodeKinds: ReadonlySet<FieldKind> = /* @__PURE__ */ new Set<NodeKind>([
  ...(['rule', 'rules', 'operand', 'operands'] as const),
  ...(['items', 'recordItems', 'itemRule', 'itemOperand', 'steps'] as const),
])

/** Whether a field holds no nodes. */
export function isPlainKind(kind: FieldKind): kind is PlainKind {
  return !nodeKinds.has(kind)
}

/** The most days that `anniversaryIn` looks ahead. */
export const mostDays = 100_000

/** The places of a sample: 0 to one less than this. */
export const samplePlaces = 10_000

/** The highest `n` of `nth`. */
export const lastPosition = 1_000_000

/** The units in which `distinctPeriods` counts. */
export const periodUnits = Object.freeze(['day', 'week', 'month'] as const)

/** Reads a field that holds no nodes. Undefined where it was refused. */
export function readPlainField(kind: PlainKind, input: unknown, reading: RuleReading, path: Path): unknown {
  switch (kind) {
    case 'duration':
      return readDurationText(input, reading, path)
    case 'period':
      return readPeriod(input, reading, path)
    case 'weekday':
      return readNamed(input, WEEKDAYS, 'RULE_INVALID', reading, path)
    case 'timeZone':
      return readZone(input, reading, path)
    case 'flag':
      return readFlag(input, reading, path)
    case 'leapDay':
      return readNamed(input, ['feb28', 'mar1'], 'RULE_INVALID', reading, path)
    case 'name':
      return readId(input, 'a name', reading, path, 'RULE_INVALID')
    case 'tag':
      return readTag(input, reading, path, 'RULE_INVALID')
    case 'tags':
      return readTags(input, reading, path)
    case 'segment':
      return readSegment(input, reading, path)
    case 'holder':
      return readNamed(input, holderKinds, 'RULE_INVALID', reading, path)
    case 'pattern':
      return readPattern(input, reading, path)
    case 'glob':
      return readId(input, 'a pattern', reading, path, 'RULE_INVALID')
    case 'place':
      return readWhole(input, 0, samplePlaces, reading, path)
    case 'threshold':
      return readWhole(input, 1, reading.limits.list, reading, path)
    case 'dayCount':
      return readWhole(input, 1, mostDays, reading, path)
    case 'position':
      return readWhole(input, 1, lastPosition, reading, path)
    case 'periodUnit':
      return readNamed(input, periodUnits, 'RULE_INVALID', reading, path)
    default: {
      const unreachable: never = kind
      return unreachable
    }
  }
}

function readDurationText(input: unknown, reading: RuleReading, path: Path): DurationText | undefined {
  const duration = typeof input === 'string' && input.length <= reading.limits.name ? readDuration(input) : undefined
  if (duration !== undefined) return formatDuration(duration)
  reportUnexpected(input, fieldWords.duration, reading, path, 'DURATION_INVALID')
  return undefined
}

function readZone(input: unknown, reading: RuleReading, path: Path): string | undefined {
  const name = readId(input, 'a time zone', reading, path, 'RULE_INVALID')
  if (name === undefined || isTimeZone(name)) return name
  const received = show(name)
  const expected = "'UTC' or an IANA name that this host knows, such as 'Europe/Berlin'"
  const issue = {
    code: 'TIME_ZONE_UNKNOWN',
    path,
    message: `There is no time zone ${received}`,
    expected,
    received,
  } as const
  reportName(reading, issue, name, knownZones)
  return undefined
}

/** What the host says that it knows; a host that cannot say makes no suggestions. */
function knownZones(): readonly string[] {
  const { supportedValuesOf } = Intl as { readonly supportedValuesOf?: (key: 'timeZone') => string[] }
  return ['UTC', ...(supportedValuesOf?.('timeZone') ?? [])]
}

/** Each tag once, at its first place. */
function readTags(input: unknown, reading: RuleReading, path: Path): readonly string[] | undefined {
  const elements = readElements(input, 'a list of tags', 'RULE_INVALID', reading, path)
  if (elements === undefined || !reading.size.admitsElements(elements.length, reading, path)) return undefined
  const tags = elements.map((element, place) => readTag(element, reading, [...path, place], 'RULE_INVALID'))
  return tags.includes(undefined) ? undefined : Object.freeze([...new Set(tags)] as string[])
}

function readSegment(input: unknown, reading: RuleReading, path: Path): string | undefined {
  const id = readId(input, 'the id of a segment', reading, path, 'RULE_INVALID')
  const { segments } = reading
  if (id === undefined || segments === undefined) return id
  if (typeof segments === 'function' ? segments(id) : segments.has(id)) return id
  const received = show(id)
  const message = `There is no segment ${received}`
  const issue = { code: 'SEGMENT_UNKNOWN', path, message, expected: 'a segment that is defined', received } as const
  reportName(reading, issue, id, () => (typeof segments === 'function' ? [] : segments))
  return undefined
}

function readPattern(input: unknown, reading: RuleReading, path: Path): string | undefined {
  const text = accepted(readText(input, reading, path))
  if (text === undefined || !reading.size.admitsCharacters(text.length, reading, path)) return undefined
  try {
    compilePattern(text)
    return text
  } catch (error) {
    if (!isCoterieError(error)) throw error
    const { code, message, position, received, expected } = error
    report(reading, {
      code,
      path,
      message: message.replace(/\.$/, ''),
      ...(expected === undefined ? {} : { expected }),
      ...(received === undefined ? {} : { received }),
      ...(position === undefined ? {} : { position }),
    })
    return undefined
  }
}
