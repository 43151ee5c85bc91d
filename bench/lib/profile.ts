import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Session, type Profiler } from 'node:inspector'
import { SourceMap } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * A CPU profile of what a process measures, from the first measurement on, without loading and set-up. Whoever starts the
 * process names the folder for it in the environment.
 */

/** The environment variable that names the folder. */
export const profileFolder = 'COTERIE_BENCH_PROFILES'

let session: Session | undefined

/** Begins the profile, if there is to be one and it has not begun. */
export function beginProfile(): void {
  if (session !== undefined || process.env[profileFolder] === undefined) return
  session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.setSamplingInterval', { interval: 200 })
  session.post('Profiler.start')
}

/** Ends the profile and writes it, for a browser's developer tools to open; gives its costliest functions as lines. */
export function endProfile(name: string): string | undefined {
  const folder = process.env[profileFolder]
  if (session === undefined || folder === undefined) return undefined
  let lines: string | undefined
  session.post('Profiler.stop', (_, { profile }) => {
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `${name.replaceAll(/[^\w]+/g, '-')}.cpuprofile`)
    writeFileSync(path, JSON.stringify(profile))
    lines = `${path}\n${costliest(profile)}`
  })
  return lines
}

/** The functions that took most of the time by themselves. */
function costliest({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, count = 25): string {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const times = new Map<string, number>()
  let all = 0
  samples.forEach((id, place) => {
    const frame = frames.get(id)
    const name = frame === undefined ? '?' : `${frame.functionName || '(anonymous)'} ${placeOf(frame)}`
    // What starting the profiler takes is no part of what is measured.
    if (frame?.functionName === 'dispatch' && frame.url === '') return
    const time = timeDeltas[place] ?? 0
    all += time
    times.set(name, (times.get(name) ?? 0) + time)
  })
  return [...times]
    .sort((a, b) => b[1] - a[1])
    .slice(0, count)
    .map(([name, time]) => `${((100 * time) / all).toFixed(1).padStart(6)} %  ${name}`)
    .join('\n')
}

const maps = new Map<string, SourceMap | undefined>()

/** Where a function stands in the source. */
function placeOf({ url, lineNumber, columnNumber }: Profiler.Profile['nodes'][number]['callFrame']): string {
  const entry = mapOf(url)?.findEntry(lineNumber, columnNumber)
  if (entry === undefined || !('originalSource' in entry)) return url.slice(url.lastIndexOf('/') + 1)
  const source = entry.originalSource.replace(/^.*(?=(src|bench)\/)/, '')
  return `${source}:${entry.originalLine + 1}`
}

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) maps.set(url, readMap(url))
  return maps.get(url)
}

function readMap(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')))
  } catch {
    // Node's own files and those of peers have none.
    return undefined
  }
}
