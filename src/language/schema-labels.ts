import { fieldOf, type Schema, type Shape } from '../contacts/schema.js'
import type { Labels } from './describe/wording.js'

/** Labels together with those that a schema gives its fields; where both name a thing, those given win. */
export function withSchemaLabels(labels: Labels, schema: Schema | undefined): Labels {
  if (schema === undefined) return labels
  const inside = new Map<string, string>()
  for (const shapes of [schema.records, schema.events])
    for (const shape of Object.values(shapes ?? {})) gather(shape, inside)
  const ofContacts = new Map<string, string>()
  gather(schema.attributes ?? {}, ofContacts)
  if (inside.size === 0 && ofContacts.size === 0) return labels
  return Object.freeze({
    ...labels,
    attributes: together(ofContacts, labels.attributes),
    properties: together(inside, labels.properties),
  })
}

/** The labels of a shape's fields, by their names; of several fields of one name the first that has one. */
function gather(shape: Shape, found: Map<string, string>): void {
  for (const name of Object.keys(shape)) {
    const label = fieldOf(shape, name)?.label
    if (label !== undefined && !found.has(name)) found.set(name, label)
    const inner = shape[name]
    if (inner?.type === 'records') gather(inner.fields, found)
  }
}

function together(
  labels: ReadonlyMap<string, string>,
  given: { readonly [name: string]: string } | undefined,
): { readonly [name: string]: string } {
  return Object.freeze(Object.fromEntries([...labels, ...Object.entries(given ?? {})]))
}
