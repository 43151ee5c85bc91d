/**
 * The codes a {@link CoterieError} can carry. They are stable: a code keeps its meaning, and is never reused.
 * `docs/errors.md` has a heading for each.
 */
export const errorCodes = /* @__PURE__ */ Object.freeze([
  'ATTRIBUTE_UNKNOWN',
  'AUTOMATION_INVALID',
  'AUTOMATION_LOOP',
  'AUTOMATION_OFF',
  'AUTOMATION_UNKNOWN',
  'BATCH_CLOCK',
  'BATCH_PROMISE',
  'CASCADE_LIMIT',
  'CHANGE_INVALID',
  'CLOCK_INVALID',
  'COLLECTION_UNKNOWN',
  'CONTACT_INVALID',
  'CONTACT_UNKNOWN',
  'DATE_INVALID',
  'DURATION_INVALID',
  'EVENT_FAR_FUTURE',
  'EVENT_INVALID',
  'EVENT_TOO_OLD',
  'EVENT_TYPE_UNKNOWN',
  'EVENT_UNKNOWN',
  'HANDLE_STALE',
  'HISTORY_GONE',
  'IDENTITY_TAKEN',
  'IMPORT_INVALID',
  'LAW_BROKEN',
  'LIMIT_EXCEEDED',
  'LISTENER_FAILED',
  'MERGE_SELF',
  'NAME_AMBIGUOUS',
  'OPTION_INVALID',
  'PATTERN_INVALID',
  'PROPERTY_UNKNOWN',
  'RECORD_INVALID',
  'RULE_EMPTY',
  'RULE_INVALID',
  'RULE_LOOP',
  'RULE_NEEDS_FOLDED',
  'RULE_TOO_COSTLY',
  'SCHEMA_CHANGED',
  'SCHEMA_INVALID',
  'SEGMENT_IN_USE',
  'SEGMENT_KIND',
  'SEGMENT_UNKNOWN',
  'STORAGE_BEHIND',
  'STORAGE_CLOSED',
  'STORAGE_DAMAGED',
  'STORAGE_FAILED',
  'STORAGE_FENCED',
  'STORAGE_LOCKED',
  'STORAGE_NEWER',
  'STORAGE_READ_ONLY',
  'STORAGE_STOPPED',
  'SUBSCRIPTION_DROPPED',
  'SUBSCRIPTION_GAP',
  'SUBSCRIPTION_LAGS',
  'SUBSCRIPTION_OVERFLOW',
  'TAG_GROUP_OVERLAP',
  'TAG_GROUP_UNKNOWN',
  'TAG_IN_USE',
  'TAG_READ_LOOSELY',
  'TAG_UNKNOWN',
  'TEXT_INVALID',
  'TIME_ZONE_UNKNOWN',
  'TYPE_MISMATCH',
  'VALUE_INVALID',
] as const)

/** One of `errorCodes`. */
export type ErrorCode = (typeof errorCodes)[number]

/** A way into a plain JSON value: property names and list places, outermost first. */
export type Path = readonly (string | number)[]

/** One thing that is wrong with an input, as data. */
export interface Issue {
  readonly code: ErrorCode
  /** Where in the input, outermost first; empty for the input as a whole. */
  readonly path: Path
  /** What is wrong, in a sentence for a person. */
  readonly message: string
  /** What would have been right. */
  readonly expected?: string
  /** What was there instead, short and printable. */
  readonly received?: string
  /** The known name nearest to the one received. */
  readonly nearest?: string
  /** The offset in a text, in UTF-16 code units from 0. */
  readonly position?: number
}

/** What a {@link CoterieError} is made of, besides its code and message. */
export interface ErrorDetails {
  readonly path?: Path
  /** The offset in a text, in UTF-16 code units from 0. */
  readonly position?: number
  readonly received?: string
  readonly expected?: string
  /** All that is wrong, where there can be several. */
  readonly issues?: readonly Issue[]
  readonly cause?: unknown
}

const brand: unique symbol = Symbol.for('coterie.error') as never

/**
 * The library's only error. Classes of the ESM and the CommonJS build are not `instanceof` each other,
 * so test with {@link isCoterieError}, or read the `code`.
 */
export class CoterieError extends Error {
  override readonly name = 'CoterieError'
  readonly [brand] = true
  readonly code: ErrorCode
  readonly path: Path | undefined
  readonly position: number | undefined
  readonly received: string | undefined
  readonly expected: string | undefined
  readonly issues: readonly Issue[]

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.path = details.path
    this.position = details.position
    this.received = details.received
    this.expected = details.expected
    this.issues = details.issues ?? []
  }
}

/** Whether `error` is a {@link CoterieError} of any copy of this library. */
export function isCoterieError(error: unknown): error is CoterieError {
  return typeof error === 'object' && error !== null && (error as { readonly [brand]?: unknown })[brand] === true
}

/** The error for several issues at once: the first one's code and place, all of them in `issues`. */
export function errorOfIssues(what: string, issues: readonly [Issue, ...Issue[]]): CoterieError {
  const [first] = issues
  const rest = issues.length > 1 ? ` (and ${String(issues.length - 1)} more)` : ''
  return new CoterieError(first.code, `${what}: ${first.message}${rest}`, { ...first, issues })
}

/** A short printable form of anything, for `received`: never long, never throws, never calls into the value. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > 60 ? `${JSON.stringify(value.slice(0, 57))}…` : JSON.stringify(value)
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'boolean':
    case 'undefined':
      return String(value)
    case 'bigint':
      return 'a bigint'
    case 'function':
      return 'a function'
    case 'symbol':
      return 'a symbol'
    case 'object':
      if (value === null) return 'null'
      return showObject(value)
  }
}

/** A Proxy can refuse to say what it is, and give any length. */
function showObject(value: object): string {
  try {
    const length: unknown = Array.isArray(value) ? value.length : undefined
    return typeof length === 'number' ? `a list of ${String(length)}` : 'an object'
  } catch {
    return 'an object'
  }
}
