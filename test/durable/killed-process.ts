import { writeSync } from 'node:fs'
import { attribute, openEngine } from 'coterie'
import { fileStorage } from 'coterie/storage/file'

/*
 * A process that works until it is killed: each step puts a number and, every third time, a snapshot. It says what is
 * acknowledged and what its subscriber heard, line by line, before it goes on.
 */

const [directory = '', sync = 'always'] = process.argv.slice(2)
const say = (line: string): void => void writeSync(1, `${line}\n`)

const engine = await openEngine({
  now: 0,
  storage: fileStorage({ directory, sync: sync === 'always' ? 'always' : 'never', fileBytes: 4_000 }),
  snapshots: { characters: 10_000 },
})
if (engine.segments.get('odd') === undefined) {
  engine.segments.define({ id: 'odd', rule: attribute('odd').equals(true) })
  await engine.contacts.put({ id: 'counter', attributes: { count: 0, odd: false } }).durable
}
engine.subscribe('printer', { from: 'oldest' }, ({ seq }) => {
  say(`heard ${String(seq)}`)
})
say('begins')
for (;;) {
  const held = engine.contacts.get('counter')?.attributes['count']
  const count = (typeof held === 'number' ? held : 0) + 1
  // Two changes in one turn go in one append; a third follows on its own.
  engine.contacts.put({ id: 'counter', attributes: { count, odd: count % 2 === 1 } })
  await engine.advanceTo(engine.now + 1_000).durable
  say(`kept ${String(count)} at revision ${String(engine.revision)}`)
  if (count % 7 === 0) await engine.snapshot()
}
