import type { ContactView } from '../contacts/contact.js'
import type { Value } from '../contacts/value.js'
import type { Scope } from '../rules/scope.js'
import type { ContactStore } from '../store/contact-store.js'
import type { Touched } from '../store/touched.js'
import type { Ground } from './ground.js'

/*
 * A contact before and after something moved it. Most that is asked of either side is one attribute or one tag, which is told
 * without more ado; what rules see of a whole contact is made only for those who ask for it.
 */

/** Both sides of what moved a contact. */
export interface Sides {
  readonly before: Scope
  readonly after: Scope
  attributeBefore(name: string): Value | undefined
  attributeAfter(name: string): Value | undefined
  hadTag(tag: string): boolean
  hasTag(tag: string): boolean
}

/** A contact that was written to. */
export class WrittenSides implements Sides {
  readonly #store: ContactStore
  readonly #ground: Ground
  readonly #touched: Touched
  readonly #viewBefore: (touched: Touched) => ContactView
  #before: Scope | undefined
  #after: Scope | undefined

  constructor(ground: Ground, touched: Touched, viewBefore: (touched: Touched) => ContactView) {
    this.#store = ground.store
    this.#ground = ground
    this.#touched = touched
    this.#viewBefore = viewBefore
  }

  get before(): Scope {
    return (this.#before ??= { ...this.after, contact: this.#viewBefore(this.#touched) })
  }

  get after(): Scope {
    return (this.#after ??= this.#ground.scopeOf(this.#touched.ordinal))
  }

  attributeBefore(name: string): Value | undefined {
    const { attributes } = this.#touched
    return attributes.has(name) ? attributes.get(name) : this.attributeAfter(name)
  }

  attributeAfter(name: string): Value | undefined {
    return this.#store.attribute(this.#touched.ordinal, name)
  }

  hadTag(tag: string): boolean {
    const { tags } = this.#touched
    return tags.has(tag) ? tags.get(tag) !== undefined : this.hasTag(tag)
  }

  hasTag(tag: string): boolean {
    return this.#store.tags.has(this.#touched.ordinal, tag)
  }
}

/** A contact as two scopes see it. */
export class ScopedSides implements Sides {
  readonly before: Scope
  readonly after: Scope

  constructor(before: Scope, after: Scope) {
    this.before = before
    this.after = after
  }

  attributeBefore(name: string): Value | undefined {
    return this.before.contact.attribute(name)
  }

  attributeAfter(name: string): Value | undefined {
    return this.after.contact.attribute(name)
  }

  hadTag(tag: string): boolean {
    return this.before.contact.tag(tag) !== undefined
  }

  hasTag(tag: string): boolean {
    return this.after.contact.tag(tag) !== undefined
  }
}
