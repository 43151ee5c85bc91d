import fc from 'fast-check'
import type { ContactName } from '../../src/changes/change.js'
import { holderKinds, type Holder } from '../../src/contacts/tag.js'
import type { Value } from '../../src/contacts/value.js'
import { attributeNames, type AttributeKinds } from './schemas.js'
import type { Stage } from './stages.js'
import { values, valuesOf, type Kind } from './values.js'

/** The ids contacts have. */
export const contactIds: readonly string[] = Object.freeze(['ada', 'bob', 'cyd'])

/** The tags contacts have; two differ only in case. */
export const tagNames: readonly string[] = Object.freeze(['vip', 'VIP', 'source-a'])

/** The names of those who hold tags. */
export const holderNames: readonly string[] = Object.freeze(['x', 'y'])

/** Attributes by a schema's kinds, or of any names and values without one. */
export function attributesOf(
  kinds: AttributeKinds | undefined,
  stage: Stage,
): fc.Arbitrary<Readonly<Record<string, Value>>> {
  return entries(kinds, (kind) => (kind === undefined ? values(stage) : valuesOf(kind, stage)))
}

/** Attributes to patch: `null` takes one away. */
export function patchesOf(
  kinds: AttributeKinds | undefined,
  stage: Stage,
): fc.Arbitrary<Readonly<Record<string, Value | null>>> {
  return entries(kinds, (kind) => fc.option(kind === undefined ? values(stage) : valuesOf(kind, stage), { freq: 4 }))
}

/** Whom a change names: an id, or the identity of somebody, which may be nobody's. */
export function contactNames(): fc.Arbitrary<ContactName> {
  return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...contactIds) }, { weight: 1, arbitrary: identities() })
}

/** An outside identity. */
export function identities(): fc.Arbitrary<{ readonly channel: string; readonly id: string }> {
  return fc.record({ channel: fc.constant('chat'), id: fc.constantFrom('1', '2') })
}

/** Who holds a tag; automatic rules do not put tags on by hand. */
export function holders(): fc.Arbitrary<Holder> {
  return fc.record(
    {
      kind: fc.constantFrom(...holderKinds.filter((kind) => kind !== 'rule')),
      by: fc.constantFrom(...holderNames),
    },
    { requiredKeys: ['kind'] },
  )
}

function entries<T>(
  kinds: AttributeKinds | undefined,
  of: (kind: Kind | undefined) => fc.Arbitrary<T>,
): fc.Arbitrary<Readonly<Record<string, T>>> {
  const names = kinds === undefined ? attributeNames : Object.keys(kinds)
  if (names.length === 0) return fc.constant({})
  const entry = fc.oneof(...names.map((name) => fc.tuple(fc.constant(name), of(kinds?.[name]))))
  return fc
    .uniqueArray(entry, { selector: ([name]) => name, maxLength: names.length })
    .map((pairs) => Object.fromEntries(pairs))
}
