import type { Weekday } from '../base/calendar-period.js'
import type { Path } from '../base/errors.js'
import type { Limits } from '../contacts/limits.js'
import type { Reading } from '../contacts/reading.js'
import type { Schema } from '../contacts/schema.js'
import type { AutomationDefinition, AutomationStep, AutomationTrigger } from './automation-changes.js'

/** How what is in the definition of an automation is read. */
export interface DefinitionReaders {
  readonly triggers: FieldReader<readonly AutomationTrigger[]>
  readonly steps: FieldReader<readonly AutomationStep[]>
  readonly reentry: FieldReader<NonNullable<AutomationDefinition['reentry']>>
}

/** How changes are read; an engine's own settings. */
export interface ReadChangeOptions {
  /** What the attributes are. Without one a text is a text and a number a number. */
  readonly schema: Schema | undefined
  /** The zone of written dates without an offset, and of windows whose author gave none: an IANA name that was checked. */
  readonly timeZone: string
  readonly weekStartsOn: Weekday
  readonly limits: Limits
  /** Left out, definitions are taken as what they are in a journal: resolved, and plain JSON. */
  readonly definitions?: DefinitionReaders | undefined
}

/** The reading of one change. */
export interface ChangeReading extends Reading {
  readonly weekStartsOn: Weekday
  readonly definitions?: DefinitionReaders | undefined
}

/**
 * Reads a field of a change that is there; `beside` is what people wrote in its other fields. Undefined where it was refused;
 * it has reported why.
 */
export type FieldReader<T> = (
  input: unknown,
  reading: ChangeReading,
  path: Path,
  beside?: ReadonlyMap<string, unknown>,
) => T | undefined

/** The most contacts that one change names: a tag for everyone in a large import is one change. */
export const mostContacts = 1_000_000
