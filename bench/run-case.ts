import { topics } from './cases/topics.js'
import { nameOf, type Answers, type Plan } from './lib/case.js'
import { endProfile } from './lib/profile.js'
import type { Word } from './lib/run-process.js'

/*
 * A process that runs one case: it is told which, runs it, and says what came out.
 */

process.once('message', (message) => {
  const { plan, expected } = message as { readonly plan: Plan; readonly expected: Answers | undefined }
  void wordOf(plan, expected).then((word) => {
    process.send?.(word, () => {
      // Whatever timers and threads a peer left behind.
      process.exit(0)
    })
  })
})

async function wordOf(plan: Plan, expected: Answers | undefined): Promise<Word> {
  try {
    const topic = topics.find(({ name }) => name === plan.topic)
    if (topic === undefined) throw new Error(`There is no topic ${plan.topic}`)
    const outcome = await topic.run(plan, expected)
    const profile = endProfile(nameOf(plan))
    return { outcome, ...(profile === undefined ? undefined : { profile }) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message.split('\n', 1).join('') : String(error) }
  }
}
