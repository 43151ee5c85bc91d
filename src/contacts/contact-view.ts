import type { Contact, ContactView } from './contact.js'
import type { HeldTag } from './tag.js'

/**
 * The view of a plain contact. It reads the contact as it is at each call; only the tags are looked through once, when
 * the first one is asked for by name.
 */
export function viewOf(contact: Contact): ContactView {
  const { id, attributes, tags } = contact
  let byName: ReadonlyMap<string, HeldTag> | undefined
  return {
    id,
    // Only what is the record's own: a name such as `__proto__` or `constructor` finds nothing that nobody put there.
    attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined),
    tag: (name) => (byName ??= new Map(tags.map((held) => [held.tag, held]))).get(name),
    tags: () => tags,
    tagCount: tags.length,
  }
}
