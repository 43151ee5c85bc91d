import { fork } from 'node:child_process'
import { profileFolder } from './profile.js'
import type { Answers, Finished, Outcome, Plan } from './case.js'

/** How the processes of cases are started. */
export interface ProcessOptions {
  /** The built file that runs a case. */
  readonly file: string
  /** Where the CPU profiles go; none are made without. */
  readonly profiles?: string | undefined
}

/** What a process says when it is done. */
export type Word = { readonly outcome: Outcome; readonly profile?: string } | { readonly failed: string }

/** Runs a case in a process of its own. */
export function runProcess(plan: Plan, expected: Answers | undefined, options: ProcessOptions): Promise<Finished> {
  const { patience = 300 } = plan
  const child = fork(options.file, [], {
    execArgv: ['--expose-gc', '--max-old-space-size=20000', '--enable-source-maps'],
    env: { ...process.env, ...(options.profiles === undefined ? undefined : { [profileFolder]: options.profiles }) },
  })
  child.send({ plan, expected })
  return new Promise((resolve) => {
    let word: Word | undefined
    const timer = setTimeout(() => {
      word ??= { failed: `took more than ${patience} s` }
      child.kill('SIGKILL')
    }, patience * 1_000)
    child.on('message', (message) => {
      word = message as Word
    })
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      resolve({ plan, ...(word ?? { failed: `ended without a result (${signal ?? String(code)})` }) })
    })
  })
}
