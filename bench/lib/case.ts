import type { Times } from './measure.js'
import type { Settings } from './settings.js'

/** One process to be: who is measured, at what. */
export interface Plan {
  readonly topic: string
  /** Who is measured: coterie, or a peer. */
  readonly subject: string
  /** Those of one group give the same answers; the first of them is who is believed. */
  readonly group: string
  readonly parameters: Readonly<Record<string, number | boolean>>
  /** Whether it is left out, unless asked for with `--long`, by its numbers or by its subject. */
  readonly takesLong?: boolean
  /** After how many seconds it is stopped; default 300. */
  readonly patience?: number
}

/** What a subject found, by the name of the question: equal for all subjects of a group. */
export type Answers = Readonly<Record<string, number>>

/** What came out of a process. */
export interface Outcome {
  readonly figures: Readonly<Record<string, number | Times>>
  readonly answers?: Answers
  /** Names and versions of the packages that were measured. */
  readonly versions?: readonly string[]
}

/** A process that ended, one way or the other. */
export interface Finished {
  readonly plan: Plan
  readonly outcome?: Outcome
  /** Why there is no outcome. */
  readonly failed?: string
  /** Where its time went, as lines. */
  readonly profile?: string
}

/** A part of the benchmark, named as on the command line. */
export interface Topic {
  readonly name: string
  /** When it is measured without being named: always, only with `--long`, or never. */
  readonly when?: 'long' | 'named'
  readonly plans: (settings: Settings) => readonly Plan[]
  /** Runs in a process of its own; `expected` is what the first of the group found. */
  readonly run: (plan: Plan, expected: Answers | undefined) => Promise<Outcome>
  /** What it found, as Markdown. */
  readonly report: (finished: readonly Finished[]) => string
}

/** Throws where an answer is not what the first of the group found. */
export function checkAnswer(name: string, answer: number, expected: Answers | undefined): void {
  const known = expected?.[name]
  if (known !== undefined && known !== answer) throw new Error(`${name}: found ${answer}, but it is ${known}`)
}

/** The figure of that name of a finished case; undefined where there is none. */
export function figure({ outcome }: Finished, name: string): number | Times | undefined {
  return outcome?.figures[name]
}

/** The subject and the parameters of a case, as text. */
export function nameOf({ topic, subject, parameters }: Plan): string {
  const told = Object.entries(parameters).map(([name, value]) => `${name} ${value.toLocaleString('en')}`)
  return [topic, subject, ...told].join(', ')
}

/** Why cases of a topic have no figures, a line for each; empty where all have. */
export function notRun(finished: readonly Finished[]): string {
  const lines = finished.flatMap(({ plan, failed }) => (failed === undefined ? [] : [`- ${nameOf(plan)}: ${failed}`]))
  return lines.length === 0 ? '' : `Not run:\n\n${lines.join('\n')}`
}
