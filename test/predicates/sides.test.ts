import { describe, expect, it } from 'vitest'
import type { Ground } from '../../src/predicates/ground.js'
import { ScopedSides, WrittenSides } from '../../src/predicates/sides.js'
import { ContactStore } from '../../src/store/contact-store.js'
import { Draft } from '../../src/store/draft.js'

/*
 * A contact before and after it was written to: what was written was otherwise, and all else as it is.
 */

const held = (tag: string) => ({ tag, since: 0, holders: [{ kind: 'person' as const, at: 0 }] })

describe('both sides of a contact', () => {
  it('differ in what was written, and in nothing else', () => {
    const store = new ContactStore()
    const first = new Draft(store)
    const ordinal = first.create('ada')
    for (const name of ['plan', 'city', 'age']) first.setAttribute(ordinal, name, 'old')
    for (const tag of ['kept', 'gone']) first.setTag(ordinal, tag, held(tag))
    first.commit()
    const draft = new Draft(store)
    draft.setAttribute(ordinal, 'plan', 'new')
    draft.setAttribute(ordinal, 'age', undefined)
    draft.setAttribute(ordinal, 'mail', 'new')
    draft.setTag(ordinal, 'gone', undefined)
    draft.setTag(ordinal, 'come', held('come'))
    const touched = draft.touchedAt(ordinal)
    if (touched === undefined) throw new Error('Nothing was written')
    const scopeOf: Ground['scopeOf'] = (of) => ({
      contact: store.view(of),
      now: 0,
      timeZone: 'UTC',
      inSegment: () => false,
    })
    const ground: Ground = { store, now: 0, timeZone: 'UTC', scopeOf }
    const sides = new WrittenSides(ground, touched, (each) => draft.before(each))
    const attributes = (['plan', 'city', 'age', 'mail', 'none'] as const).map((name) => [
      sides.attributeBefore(name),
      sides.attributeAfter(name),
    ])
    expect(attributes).toEqual([
      ['old', 'new'],
      ['old', 'old'],
      ['old', undefined],
      [undefined, 'new'],
      [undefined, undefined],
    ])
    const tags = ['kept', 'gone', 'come', 'none'].map((tag) => [sides.hadTag(tag), sides.hasTag(tag)])
    expect(tags).toEqual([
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ])
    for (const name of ['plan', 'city', 'age', 'mail', 'none']) {
      expect(sides.before.contact.attribute(name)).toEqual(sides.attributeBefore(name))
      expect(sides.after.contact.attribute(name)).toEqual(sides.attributeAfter(name))
    }
  })

  it('are what each of two scopes sees', () => {
    const store = new ContactStore()
    const draft = new Draft(store)
    const [was, is] = [draft.create('was'), draft.create('is')]
    draft.setAttribute(was, 'plan', 'old')
    draft.setAttribute(is, 'plan', 'new')
    draft.setTag(was, 'gone', held('gone'))
    draft.setTag(is, 'come', held('come'))
    draft.commit()
    const scopeOf = (of: number) => ({ contact: store.view(of), now: 0, timeZone: 'UTC', inSegment: () => false })
    const sides = new ScopedSides(scopeOf(was), scopeOf(is))
    expect([sides.attributeBefore('plan'), sides.attributeAfter('plan')]).toEqual(['old', 'new'])
    expect([sides.hadTag('gone'), sides.hasTag('gone')]).toEqual([true, false])
    expect([sides.hadTag('come'), sides.hasTag('come')]).toEqual([false, true])
  })
})
