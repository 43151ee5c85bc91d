import fc from 'fast-check'
import type { ChangeInput } from '../../src/changes/input.js'
import { changesIn } from './changes.js'
import type { RuleWorld } from './rules.js'

/** A listener as data: what it hears, and the change that it makes of it. */
export interface ListenerScript {
  readonly on: 'enter' | 'exit' | 'transition' | 'tag'
  /** Only of this segment. */
  readonly segment?: string
  readonly change: ChangeInput
  /** Whether the change is about the contact that moved, and not about the one it names. */
  readonly own: boolean
}

/** Listeners that change data, tags, slots and rules. */
export function listenerScripts(world: RuleWorld): fc.Arbitrary<ListenerScript> {
  const made = changesIn(world)
  const change = fc.oneof<fc.MaybeWeightedArbitrary<ChangeInput>[]>(
    { weight: 4, arbitrary: made['tag.add'] },
    { weight: 2, arbitrary: made['tag.remove'] },
    { weight: 4, arbitrary: made['contact.patch'] },
    { weight: 1, arbitrary: made['contact.put'] },
    { weight: 1, arbitrary: made['contact.remove'] },
    { weight: 2, arbitrary: made['member.include'] },
    { weight: 2, arbitrary: made['member.exclude'] },
    { weight: 1, arbitrary: made['segment.define'] },
  )
  return fc.record(
    {
      on: fc.constantFrom('enter' as const, 'exit' as const, 'transition' as const, 'tag' as const),
      segment: fc.constantFrom(...(world.segments ?? ['s', 't'])),
      change,
      own: fc.boolean(),
    },
    { requiredKeys: ['on', 'change', 'own'] },
  )
}

/** The change that a listener makes of what happened to a contact. */
export function changeOf({ change, own }: ListenerScript, contactId: string): ChangeInput {
  if (!own) return change
  if ('contact' in change) return { ...change, contact: contactId }
  return 'contacts' in change && change.type !== 'segment.define' ? { ...change, contacts: contactId } : change
}
