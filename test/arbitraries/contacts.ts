import fc from 'fast-check'
import type { ContactName } from '../../src/changes/change.js'
import { holderKinds, type Holder } from '../../src/contacts/tag.js'
import type { Value } from '../../src/contacts/value.js'
import { attributeNames, type AttributeKinds } from './schemas.js'
import type { Stage } from './stages.js'
import { values, valuesOf } from './values.js'

/** The ids contacts have. */
export const contactIds: readonly string[] = Object.freeze(['ada', 'bob', 'cyd'])

/** The ids outside identities have. */
export const identityIds: readonly string[] = Object.freeze(['1', '2'])

/** The tags contacts have; two differ only in case. */
export const tagNames: readonly string[] = Object.freeze(['vip', 'VIP', 'source-a'])

/** Names that tags can be given besides. */
export const newTagNames: readonly string[] = Object.freeze(['gold', 'source-b'])

/** The names of those who hold tags. */
export const holderNames: readonly string[] = Object.freeze(['x', 'y'])

/** Attributes by a schema's kinds, or of any names and values without one; most of them are there. */
export function attributesOf(
  kinds: AttributeKinds | undefined,
  stage: Stage,
): fc.Arbitrary<Readonly<Record<string, Value>>> {
  const entries = namesOf(kinds).map((name) =>
    fc.option(fc.tuple(fc.constant(name), attributeOf(kinds, name, stage)), { freq: 3, nil: undefined }),
  )
  return fc.tuple(...entries).map((all) => Object.fromEntries(all.filter((entry) => entry !== undefined)))
}

/** A few attributes to patch; `null` takes one away. */
export function patchesOf(
  kinds: AttributeKinds | undefined,
  stage: Stage,
): fc.Arbitrary<Readonly<Record<string, Value | null>>> {
  const entries = namesOf(kinds).map((name) =>
    fc.tuple(fc.constant(name), fc.option(attributeOf(kinds, name, stage), { freq: 4 })),
  )
  return fc
    .uniqueArray(fc.oneof(...entries), { selector: ([name]) => name, maxLength: 3 })
    .map((some) => Object.fromEntries(some))
}

function attributeOf(kinds: AttributeKinds | undefined, name: string, stage: Stage): fc.Arbitrary<Value> {
  const kind = kinds?.[name]
  return kind === undefined ? values(stage) : valuesOf(kind, stage)
}

/** Whom a change names: an id, or the identity of somebody, which may be nobody's. */
export function contactNames(): fc.Arbitrary<ContactName> {
  return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...contactIds) }, { weight: 1, arbitrary: identities() })
}

/** An outside identity. */
export function identities(): fc.Arbitrary<{ readonly channel: string; readonly id: string }> {
  return fc.record({ channel: fc.constant('chat'), id: fc.constantFrom(...identityIds) })
}

/** Who holds a tag. */
export function holders(): fc.Arbitrary<Holder> {
  return fc.record(
    {
      kind: fc.constantFrom(...holderKinds),
      by: fc.constantFrom(...holderNames),
    },
    { requiredKeys: ['kind'] },
  )
}

function namesOf(kinds: AttributeKinds | undefined): readonly string[] {
  return kinds === undefined ? attributeNames : Object.keys(kinds)
}
