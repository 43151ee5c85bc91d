import { openReplica } from 'coterie'
import { fileStorage } from 'coterie/storage/file'

/*
 * A process that follows the files of another: says each transition that it hears, and who is a member when it is asked to end.
 */

const [directory = ''] = process.argv.slice(2)
const say = (what: unknown): void => void process.stdout.write(`${JSON.stringify(what)}\n`)

const replica = await openReplica({ storage: fileStorage({ directory }), every: '5ms' })
replica.on('transition', ({ seq }) => {
  say({ heard: seq })
})
replica.on('error', ({ code }) => {
  say({ error: code })
})
say({ begins: replica.revision })
process.stdin.once('data', () => {
  const members = [...(replica.segments.get('vip')?.members() ?? [])].sort()
  say({ members, contacts: replica.contacts.count, revision: replica.revision })
  void replica.close()
  process.stdin.destroy()
})
