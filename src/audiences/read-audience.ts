import { checkWhole, plainOptions } from '../engine/arguments.js'
import { segmentId } from '../engine/segment-name.js'
import type { AnyEngine } from '../population/any-engine.js'
import { readAsOf, type ReadAsOf } from '../population/as-of.js'
import { readSelections, type ReadSelection } from '../population/selection.js'
import type { AudienceOptions, CapOptions, SampleOptions } from './audience-options.js'
import { checkSalt, checkSalts, drawInvalid, placesOf, type SaltedShare } from './draw.js'
import { readVariants, type ReadVariants } from './variants.js'

/** The options of an audience, checked and read. */
export interface ReadAudience {
  readonly id: string
  readonly include: readonly ReadSelection[]
  readonly exclude: readonly ReadSelection[]
  readonly asOf: ReadAsOf
  readonly holdout: SaltedShare | undefined
  readonly control: SaltedShare | undefined
  readonly sample: SampleOptions | undefined
  readonly cap: CapOptions | undefined
  /** Ids of contacts. */
  readonly test: ReadonlySet<string>
  readonly variants: ReadVariants | undefined
  readonly note: readonly ReadSelection[]
}

const optionNames = [
  'id',
  'include',
  'exclude',
  'asOf',
  'holdout',
  'control',
  'sample',
  'cap',
  'test',
  'variants',
  'note',
]

/**
 * Reads the options of an audience.
 *
 * @throws CoterieError `OPTION_INVALID`, `SEGMENT_UNKNOWN`, `CONTACT_UNKNOWN`, and what is wrong with a rule or a date.
 */
export function readAudience(engine: AnyEngine, given: AudienceOptions): ReadAudience {
  const options = plainOptions('options', given)
  for (const name of Object.keys(options))
    if (!optionNames.includes(name)) throw drawInvalid([name], name, optionNames.join(', '))
  const { id, include, exclude = [], holdout, control, sample, cap, variants } = options
  if (typeof id !== 'string' || id === '') throw drawInvalid(['id'], id, 'a text that is not empty')
  if (holdout !== undefined) placesOf(holdout, 'holdout')
  if (control !== undefined) placesOf(control, 'control')
  if (sample !== undefined) checkSample(sample)
  if (cap !== undefined) checkCap(cap)
  checkSalts([
    ['holdout', holdout?.salt],
    ['control', control?.salt],
    ['sample', sample?.salt],
    ['cap', cap !== undefined && 'salt' in cap ? cap.salt : undefined],
    ['variants', variants?.salt],
  ])
  return {
    id,
    include: readSelections(engine, include, 'include'),
    exclude: readSelections(engine, exclude, 'exclude'),
    asOf: readAsOf(engine, options.asOf),
    holdout: holdout && Object.freeze({ salt: holdout.salt, percent: holdout.percent }),
    control: control && Object.freeze({ salt: control.salt, percent: control.percent }),
    sample,
    cap,
    test: new Set((options.test ?? []).map((contact) => engine.contact(contact).id)),
    variants: variants && readVariants(variants),
    note: readSelections(engine, (options.note ?? []).map(segmentId), 'note'),
  }
}

function checkSample(sample: SampleOptions): void {
  checkSalt(sample.salt, 'sample')
  if ('size' in sample) checkWhole('sample.size', sample.size, 0)
  else placesOf(sample, 'sample')
  if (sample.stratifyBy !== undefined && typeof sample.stratifyBy !== 'string')
    throw drawInvalid(['sample', 'stratifyBy'], sample.stratifyBy, 'the name of an attribute')
}

function checkCap(cap: CapOptions): void {
  checkWhole('cap.most', cap.most, 0)
  if ('salt' in cap) checkSalt(cap.salt, 'cap')
  else if (typeof ('highest' in cap ? cap.highest : cap.lowest) !== 'string')
    throw drawInvalid(['cap'], cap, 'salt, highest or lowest: which of them first')
}
