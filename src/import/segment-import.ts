import { CoterieError } from '../base/errors.js'
import type { ChangeInput } from '../changes/input.js'
import type { Engine } from '../engine/engine.js'
import type { ImportSegment } from './import-options.js'

/** So many contacts are taken out in one change. */
const mostAtOnce = 100_000

/** The segment that an import puts contacts into. */
export class SegmentImport {
  readonly #engine: Engine
  readonly #segment: ImportSegment
  readonly #isNew: boolean
  #isDefined: boolean

  /** Throws `SEGMENT_KIND` where nobody can be put into the segment by hand. */
  constructor(engine: Engine, segment: ImportSegment) {
    const known = engine.segments.get(segment.id)
    if (known?.kind === 'dynamic' || known?.kind === 'damped') {
      throw new CoterieError('SEGMENT_KIND', `Segment ${JSON.stringify(segment.id)} is ${known.kind}`, {
        path: ['segment'],
        received: known.kind,
        expected: `a static or hybrid segment; nobody is put into a ${known.kind} one by hand`,
      })
    }
    this.#engine = engine
    this.#segment = segment
    this.#isNew = known === undefined
    this.#isDefined = !this.#isNew
  }

  get report(): { readonly id: string; readonly created: boolean } {
    return { id: this.#segment.id, created: this.#isNew }
  }

  /** The definition of a segment that is not there, once. */
  takeDefinition(): readonly ChangeInput[] {
    if (this.#isDefined) return []
    this.#isDefined = true
    const { id, name } = this.#segment
    return [{ type: 'segment.define', id, kind: 'static', ...(name === undefined ? undefined : { name }) }]
  }

  /** Those who are in by hand and are to be taken out: whom the file does not name. */
  leavers(named: ReadonlySet<string>): readonly string[] {
    const { contacts, members } = this.#engine
    const { id, replace } = this.#segment
    if (replace !== true) return []
    return contacts.ids().filter((contact) => !named.has(contact) && members.slotsOf(id, contact).include !== undefined)
  }

  /** The changes that take contacts out. An inclusion ends; a rule may keep a contact in a hybrid segment. */
  removals(leavers: readonly string[]): readonly ChangeInput[] {
    const changes: ChangeInput[] = []
    for (let from = 0; from < leavers.length; from += mostAtOnce) {
      const contacts = leavers.slice(from, from + mostAtOnce)
      changes.push({ type: 'member.reset', segment: this.#segment.id, contacts, slot: 'include' })
    }
    return changes
  }
}
