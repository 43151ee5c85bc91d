import fc from 'fast-check'

/** A zone, and an instant at which its clocks or its calendar do something worth a test. */
export interface Stage {
  /** An IANA name, or `UTC`. */
  readonly timeZone: string
  /** The instant, in ms; a whole number of quarter hours. */
  readonly around: number
}

const stage = (timeZone: string, around: string): Stage => Object.freeze({ timeZone, around: Date.parse(around) })

/** The stages, simplest first: a new year, clocks set back and forward, a leap day at a half-hour offset. */
export const stages: readonly Stage[] = Object.freeze([
  stage('UTC', '2018-01-01T00:00:00Z'),
  stage('Europe/Berlin', '2017-10-29T01:00:00Z'), // 03:00 becomes 02:00
  stage('America/New_York', '2018-03-11T07:00:00Z'), // 02:00 becomes 03:00
  stage('Asia/Kolkata', '2016-02-28T18:30:00Z'), // 29 February begins
  stage('America/Sao_Paulo', '2017-10-15T03:00:00Z'), // 00:00 becomes 01:00: there is no midnight
])

/** The zones of the stages. */
export const zones: readonly string[] = Object.freeze(stages.map(({ timeZone }) => timeZone))

/** Something on one of the stages, and which. Shrinks towards UTC. */
export function onAnyStage<T>(make: (stage: Stage) => fc.Arbitrary<T>): fc.Arbitrary<readonly [Stage, T]> {
  return fc.oneof(...stages.map((one) => fc.tuple(fc.constant(one), make(one))))
}
