import { join } from 'node:path'
import { topics } from './cases/topics.js'
import { buildAll } from './lib/build.js'
import { built } from './lib/built.js'
import { nameOf, type Answers, type Finished, type Plan, type Topic } from './lib/case.js'
import { installPeers } from './lib/install-peers.js'
import { timesProcessor } from './lib/measure.js'
import { writeTables } from './lib/report.js'
import { runProcess } from './lib/run-process.js'
import { readSettings, usage, type Settings } from './lib/settings.js'

/*
 * `npm run bench`: builds, runs each case in a process of its own, one after the other, and prints what it found; see
 * docs/performance.md.
 */

const settings = readSettings(process.argv.slice(2))
if (settings.help) console.log(usage)
else await main(settings)

async function main(asked: Settings): Promise<void> {
  const chosen = chosenTopics(asked)
  if (asked.peers) installPeers()
  const options = { file: await buildAll(), profiles: asked.profile ? join(built, 'profiles') : undefined }
  if (asked.cpu) process.env[timesProcessor] = 'yes'
  for (const topic of chosen) {
    const finished = await runTopic(topic, asked, options)
    const table = topic.report(finished)
    console.log(`\n${table}\n`)
    // At once, so that a run which is broken off keeps what it had.
    if (asked.write) writeTables('docs/performance.md', new Map([[topic.name, table]]))
  }
}

function chosenTopics({ topics: names, long }: Settings): readonly Topic[] {
  const unknown = names.find((name) => topics.every((topic) => topic.name !== name))
  if (unknown !== undefined)
    throw new Error(`There is no topic ${unknown}, but ${topics.map(({ name }) => name).join(', ')}`)
  if (names.length > 0) return topics.filter(({ name }) => names.includes(name))
  return topics.filter(({ when }) => when === undefined || (when === 'long' && long))
}

/** What takes long is asked for by `--long`, or by its numbers or subject. */
function isAskedFor({ subject, takesLong }: Plan, asked: Settings): boolean {
  if (asked.subject !== undefined) return subject.includes(asked.subject)
  return takesLong !== true || asked.long || asked.contacts !== undefined || asked.segments !== undefined
}

async function runTopic(
  topic: Topic,
  asked: Settings,
  options: Parameters<typeof runProcess>[2],
): Promise<readonly Finished[]> {
  const answers = new Map<string, Answers>()
  const finished: Finished[] = []
  for (const plan of topic.plans(asked)) {
    if (!isAskedFor(plan, asked)) continue
    const start = performance.now()
    const result = await runProcess(plan, answers.get(plan.group), options)
    const { outcome, failed, profile } = result
    if (outcome?.answers !== undefined && !answers.has(plan.group)) answers.set(plan.group, outcome.answers)
    console.log(`${nameOf(plan)}: ${failed ?? 'done'} (${((performance.now() - start) / 1_000).toFixed(1)} s)`)
    if (profile !== undefined) console.log(profile)
    finished.push(result)
  }
  return finished
}
