import { matches, type Items, type ItemWindow, type Path, type Rule } from 'coterie/rules'

/* A rule is plain JSON, so its parts are found by walking it. */

/** The node of a rule at a path, such as `['rules', 1]`. */
export function nodeAt(rule: Rule, path: Path): Rule {
  let node: unknown = rule
  for (const step of path) node = (node as { readonly [step: string | number]: unknown })[step]
  return node as Rule
}

/** The names of the attributes that a rule asks for. */
export function attributesIn(rule: Rule): ReadonlySet<string> {
  return new Set(
    objectsIn(rule).flatMap((node) =>
      'get' in node && node.get === 'attribute' && 'name' in node ? [String(node.name)] : [],
    ),
  )
}

/** Those of some tags that a rule asks for, by name or by pattern. */
export function tagsAskedFor(rule: Rule, tags: readonly string[]): readonly string[] {
  const leaves = objectsIn(rule).filter(
    (node) => 'op' in node && (node.op === 'hasTag' || node.op === 'hasTagLike'),
  ) as readonly Rule[]
  return tags.filter((tag) => leaves.some((leaf) => matches(leaf, { id: 'somebody', tags: [tag] }, { now: 0 })))
}

/** The events and records that a rule looks at through a window. */
export function windowsIn(rule: Rule): readonly (Items & { readonly window: ItemWindow })[] {
  return objectsIn(rule).filter(
    (node): node is Items & { readonly window: ItemWindow } =>
      ('events' in node || 'records' in node) && 'window' in node,
  )
}

function objectsIn(node: unknown): readonly object[] {
  if (typeof node !== 'object' || node === null) return []
  return [node, ...Object.values(node).flatMap(objectsIn)]
}
