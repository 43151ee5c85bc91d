import type { Change, ContactName } from '../../src/changes/change.js'

/*
 * The order of a batch, as it would be told to somebody: after every change look at all that wait, from the first on, and
 * at all that is still to come. Who is there is a list of contacts, each with its names.
 */

/** Who is there before a batch. */
export interface Start {
  /** The names of each contact: ids, and identities as `channel:id`. */
  readonly contacts: readonly (readonly string[])[]
  readonly segments: readonly string[]
}

export function naiveOrder(changes: readonly Change[], start: Start): number[] {
  const state = { contacts: start.contacts.map((names) => new Set(names)), segments: new Set(start.segments) }
  const order: number[] = []
  const waiting = new Set<number>()
  const run = (place: number): void => {
    waiting.delete(place)
    order.push(place)
    const change = changes[place]
    if (change !== undefined) apply(change, state)
  }
  const mustWait = (place: number): boolean => {
    const toCome = changes.filter((_, other) => !order.includes(other))
    return namesOf(changes[place]).some(
      (name) => !isThere(name, state) && toCome.some((change) => brings(change) === name),
    )
  }
  for (let place = 0; place < changes.length; place++) {
    if (mustWait(place)) {
      waiting.add(place)
      continue
    }
    run(place)
    for (;;) {
      const ready = [...waiting].sort((a, b) => a - b).find((other) => !mustWait(other))
      if (ready === undefined) break
      run(ready)
    }
  }
  return [...order, ...[...waiting].sort((a, b) => a - b)]
}

interface State {
  contacts: Set<string>[]
  readonly segments: Set<string>
}

/** A contact by id or by identity, a segment by its id after a slash. */
type Name = string

function nameOf(contact: ContactName): Name {
  return typeof contact === 'string' ? contact : `${contact.channel}:${contact.id}`
}

function namesOf(change: Change | undefined): Name[] {
  if (change === undefined) return []
  const named: Name[] = 'segment' in change ? [`/${change.segment}`] : []
  if ('contacts' in change) named.push(...(change.contacts ?? []).map(nameOf))
  if ('contact' in change && !(change.type === 'contact.put' && typeof change.contact === 'string')) {
    named.push(nameOf(change.contact))
  }
  if (change.type === 'contact.merge') named.push(nameOf(change.from), nameOf(change.into))
  return named
}

function brings(change: Change): Name | undefined {
  if (change.type === 'contact.put') return typeof change.contact === 'string' ? change.contact : undefined
  if (change.type === 'contact.identify') return nameOf({ channel: change.channel, id: change.id })
  return change.type === 'segment.define' ? `/${change.id}` : undefined
}

function isThere(name: Name, state: State): boolean {
  return name.startsWith('/') ? state.segments.has(name.slice(1)) : withName(name, state) !== undefined
}

function withName(name: Name, state: State): Set<string> | undefined {
  return state.contacts.find((names) => names.has(name))
}

/** The contact of that name; one that is put where an id is nobody's, as an engine does that is told to. */
function reach(contact: ContactName, state: State): Set<string> | undefined {
  const found = withName(nameOf(contact), state)
  if (found !== undefined || typeof contact !== 'string') return found
  const created = new Set([contact])
  state.contacts.push(created)
  return created
}

function apply(change: Change, state: State): void {
  switch (change.type) {
    case 'contact.put':
    case 'contact.patch':
      reach(change.contact, state)
      break
    case 'contact.identify': {
      const contact = reach(change.contact, state)
      const identity = nameOf({ channel: change.channel, id: change.id })
      if (withName(identity, state) === undefined) contact?.add(identity)
      break
    }
    case 'contact.remove': {
      const contact = reach(change.contact, state)
      state.contacts = state.contacts.filter((other) => other !== contact)
      break
    }
    case 'contact.merge': {
      const from = reach(change.from, state)
      const into = reach(change.into, state)
      if (from === undefined || into === undefined || from === into) break
      for (const name of from) into.add(name)
      state.contacts = state.contacts.filter((other) => other !== from)
      break
    }
    case 'tag.add':
    case 'member.include':
    case 'member.exclude':
      for (const contact of change.contacts) reach(contact, state)
      break
    case 'segment.define':
      for (const contact of change.contacts ?? []) reach(contact, state)
      state.segments.add(change.id)
      break
    case 'segment.remove':
      state.segments.delete(change.segment)
      break
    default:
      break
  }
}
