import {
  meanDifference,
  meanInterval,
  shareDifference,
  shareInterval,
  spreadOf,
  type Difference,
  type Interval,
} from '../base/confidence.js'
import { ExactSum } from '../base/exact-sum.js'
import { compareText } from '../base/text.js'
import type { AudienceEntry } from './audience.js'

/** How a group did. */
export interface GroupOutcome {
  /** `recipients`, `control`, or the name of a variant. */
  readonly group: string
  /** How many of the group are still there. */
  readonly size: number
  /** How many of them reached the goal. */
  readonly reached: number
  /** `reached / size`; 0 of nobody. */
  readonly rate: number
  /** Where the true rate probably lies; left out of nobody. */
  readonly rateInterval?: Interval
  /** What they brought in all, and a contact on average; only with `value`. */
  readonly total?: number
  readonly mean?: number
  readonly meanInterval?: Interval
}

/** How a group did against the control group. */
export interface ComparedOutcome extends GroupOutcome {
  /** Its rate less that of the control group; left out where there is nobody to compare. */
  readonly lift?: Difference
  /** Whether the interval of the lift leaves out zero: it is probably not chance. */
  readonly isClear: boolean
  /** Its mean less that of the control group. */
  readonly meanLift?: Difference
}

/** How the groups of some contacts did. */
export interface Compared {
  readonly control: GroupOutcome
  /** Those who were in, whatever the variant. */
  readonly recipients: ComparedOutcome
  /** By variant; empty without variants. */
  readonly variants: readonly ComparedOutcome[]
}

/** What one contact did. */
export interface Measured {
  readonly entry: AudienceEntry
  readonly reached: boolean
  readonly brought: number
}

/** How the groups of some contacts did; `hasValue` where what they brought was measured. */
export function compare(measured: readonly Measured[], hasValue: boolean, confidence: number): Compared {
  const of = (kind: 'included' | 'control'): readonly Measured[] =>
    measured.filter(({ entry }) => entry.reason.kind === kind)
  const control = of('control')
  const recipients = of('included')
  const outcome = (group: string, those: readonly Measured[]): GroupOutcome =>
    outcomeOf(group, those, hasValue, confidence)
  const against = (group: string, those: readonly Measured[]): ComparedOutcome =>
    Object.freeze({ ...outcome(group, those), ...liftOf(those, control, hasValue, confidence) })
  const variants = new Set(recipients.flatMap(({ entry }) => entry.variant ?? []))
  return {
    control: outcome('control', control),
    recipients: against('recipients', recipients),
    variants: Object.freeze(
      [...variants].sort(compareText).map((name) =>
        against(
          name,
          recipients.filter(({ entry }) => entry.variant === name),
        ),
      ),
    ),
  }
}

function outcomeOf(group: string, those: readonly Measured[], hasValue: boolean, confidence: number): GroupOutcome {
  const share = shareOf(those)
  const rateInterval = shareInterval(share, confidence)
  const sum = new ExactSum()
  for (const { brought } of those) sum.add(brought)
  const spread = !hasValue ? undefined : spreadOf(those.map(({ brought }) => brought))
  const interval = spread && meanInterval(spread, confidence)
  return Object.freeze({
    group,
    size: share.of,
    reached: share.part,
    rate: share.of === 0 ? 0 : share.part / share.of,
    ...(rateInterval === undefined ? undefined : { rateInterval }),
    ...(!hasValue ? undefined : { total: sum.value }),
    ...(spread === undefined ? undefined : { mean: sum.value / share.of }),
    ...(interval === undefined ? undefined : { meanInterval: interval }),
  })
}

function liftOf(
  those: readonly Measured[],
  control: readonly Measured[],
  hasValue: boolean,
  confidence: number,
): Pick<ComparedOutcome, 'lift' | 'isClear' | 'meanLift'> {
  const lift = shareDifference(shareOf(those), shareOf(control), confidence)
  const [own, other] = [those, control].map((group) => spreadOf(group.map(({ brought }) => brought)))
  const meanLift =
    !hasValue || own === undefined || other === undefined ? undefined : meanDifference(own, other, confidence)
  return {
    ...(lift === undefined ? undefined : { lift }),
    isClear: lift !== undefined && (lift.low > 0 || lift.high < 0),
    ...(meanLift === undefined ? undefined : { meanLift }),
  }
}

function shareOf(those: readonly Measured[]): { readonly part: number; readonly of: number } {
  return { part: those.filter(({ reached }) => reached).length, of: those.length }
}
