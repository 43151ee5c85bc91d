import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { kill, pid } from 'node:process'

/** What tells a running process from all others, also from a later one that was given its number. */
export interface ProcessMark {
  readonly pid: number
  readonly host: string
  /** When it started, in the system's own words; empty where the system does not say. */
  readonly started: string
}

/** The mark of this process. */
export async function thisProcess(): Promise<ProcessMark> {
  return { pid, host: hostname(), started: await startOf(pid) }
}

/** Whether the process of a mark is running. Of another host that cannot be seen: then it is taken to be. */
export async function isRunning(mark: ProcessMark): Promise<boolean> {
  if (mark.host !== hostname()) return true
  try {
    kill(mark.pid, 0)
  } catch (error) {
    // It is there, and not ours to signal.
    if ((error as { readonly code?: unknown }).code !== 'EPERM') return false
  }
  return mark.started === (await startOf(mark.pid))
}

/** Linux tells when each process started since the machine did, and which start of the machine that was. */
async function startOf(process: number): Promise<string> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${String(process)}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ])
    // The name, in parentheses, may hold anything; the start is the twentieth field behind it.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    return `${boot.trim()} ${start}`
  } catch {
    return ''
  }
}
