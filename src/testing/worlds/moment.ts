import { formatInstant } from '../../base/written-date.js'
import type { ContactEvent } from '../../contacts/event.js'
import type { ContactRecord } from '../../contacts/record.js'
import type { HeldTag } from '../../contacts/tag.js'
import type { Value } from '../../contacts/value.js'

/** A contact that was made up, in full. */
export interface TestContact {
  readonly id: string
  readonly attributes: Readonly<Record<string, Value>>
  readonly tags: readonly HeldTag[]
  readonly events: readonly ContactEvent[]
  readonly records: Readonly<Record<string, readonly ContactRecord[]>>
}

/** A contact, and the instant at which it is asked about. */
export interface TestMoment {
  readonly contact: TestContact
  /** In ms. */
  readonly now: number
}

/** A contact as somebody would write it: what it has not is left out, and instants are readable. */
export interface WrittenContact {
  readonly id: string
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly tags?: readonly unknown[]
  readonly events?: readonly { readonly type: string; readonly at: string; readonly properties?: unknown }[]
  readonly records?: Readonly<Record<string, readonly unknown[]>>
}

/** Writes a contact as short as it can be read back with its schema. */
export function writtenContact({ id, attributes, tags, events, records }: TestContact): WrittenContact {
  const collections = Object.entries(records).filter(([, all]) => all.length > 0)
  return {
    id,
    ...(Object.keys(attributes).length === 0 ? {} : { attributes: written(attributes) as Record<string, unknown> }),
    ...(tags.length === 0 ? {} : { tags: tags.map(writtenTag) }),
    ...(events.length === 0 ? {} : { events: events.map(writtenEvent) }),
    ...(collections.length === 0
      ? {}
      : { records: written(Object.fromEntries(collections)) as Record<string, readonly unknown[]> }),
  }
}

function writtenEvent({ type, at, properties }: ContactEvent): {
  readonly type: string
  readonly at: string
  readonly properties?: unknown
} {
  const isBare = Object.keys(properties).length === 0
  return { type, at: formatInstant(at), ...(isBare ? {} : { properties: written(properties) }) }
}

function writtenTag({ tag, since, holders }: HeldTag): unknown {
  const [holder, ...more] = holders
  const isPlain = more.length === 0 && holder?.kind === 'person' && holder.by === undefined
  if (isPlain) return since === 0 ? tag : { tag, since: formatInstant(since) }
  const by = holders.map(({ at, ...one }) => ({ ...one, ...(at === since ? {} : { at: formatInstant(at) }) }))
  return { tag, since: formatInstant(since), holders: by }
}

/** Instants and days become texts, which a schema reads as what they are. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written)
  if (typeof value !== 'object' || value === null) return value
  const node = value as Readonly<Record<string, unknown>>
  const keys = Object.keys(node)
  if (keys.length === 1 && typeof node['instant'] === 'number') return formatInstant(node['instant'])
  if (keys.length === 1 && typeof node['day'] === 'string') return node['day']
  return Object.fromEntries(Object.entries(node).map(([name, part]) => [name, written(part)]))
}
