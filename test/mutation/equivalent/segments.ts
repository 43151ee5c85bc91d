import { of, type Equivalent } from './equivalent.js'

/** Of the room of segments. */
export const inSegments: readonly Equivalent[] = [
  ...of(
    'It costs more time or room, or less, and the outcome is the same: what a shortcut would have found is found the long way, a contact is decided once more, a list is copied or sorted that need not be, rows are packed more or less often.',
    [
      'segments/candidates.ts',
      'if (this.#reasoned > 0 && rank < this.#reasons.length)',
      'true',
      'this.#reasoned > 0 || rank < this.#reasons.length',
      'this.#reasoned >= 0',
      'rank <= this.#reasons.length',
    ],
    ['segments/candidates.ts', 'if (this.#end === 0) this.#first = word', 'false'],
    ['segments/damper.ts', 'if (token?.at === until) return', 'false'],
    ['segments/leaf-users.ts', 'return pivot === noRequirement ||', 'true'],
    ['segments/leaf-users.ts', 'if (known?.version === leaf.version)', 'false'],
    ['segments/leaf-users.ts', 'this.#reasons.set(leaf, { version', '{}'],
    ['segments/memberships.ts', 'if (slot >>> 5 >= this.#width)', 'this.#width / 1.5'],
    ['segments/memberships.ts', 'if (width === this.#width)', 'false'],
    ['segments/memberships.ts', 'Math.ceil(this.#rows * 1.5)), this.#width)', 'this.#rows / 1.5'],
    ['segments/registry.ts', 'if (this.#isInOrder) {', 'false', '{}'],
    [
      'segments/visits.ts',
      'if (this.#size * 4 >= this.#ordinals.length * 3)',
      'this.#size * 4 > this.#ordinals.length * 3',
      'this.#ordinals.length / 3',
    ],
    ['segments/tag-units.ts', 'if (this.#units.length === 0) return undefined', 'false'],
    ['segments/tag-units.ts', 'if (rule === undefined || this.#units.length === 0)', 'false'],
  ),
  ...of(
    'A typed array gives nothing beyond its end and ignores what is written there, and that of the types is empty while there is one type.',
    ['segments/memberships.ts', 'return ordinal < this.#rows && (((', 'true', 'ordinal <= this.#rows'],
  ),
  ...of(
    'What is there never is `undefined`, comes to nothing if it is, or is not asked for then: it is written for the sake of TypeScript.',
    ['segments/held-tags.ts', "{ id, holds: { tag } = { tag: '' } }", '{}', '"Stryker was here!"'],
    ['segments/held-tags.ts', 'return by !== undefined && ids.has(by)', 'true'],
    ['segments/dependency-order.ts', 'for (const dependent of dependents.get(segment)', '["Stryker was here"]'],
    ['segments/dependency-order.ts', 'const path: S[] = []', '["Stryker was here"]'],
    ['segments/dependency-order.ts', 'while (at !== undefined && !path', 'true'],
    ['segments/dependency-order.ts', 'const loop = at === undefined', 'false'],
    ['segments/dependency-order.ts', 'const byTag = before !== undefined', 'true'],
    ['segments/settlement.ts', 'const isTime = from !== undefined', 'true'],
    [
      'segments/settlement.ts',
      'if (visits === undefined || since === undefined)',
      'visits === undefined && since === undefined',
      'false',
    ],
    ['segments/tag-units.ts', "({ by, pattern = '', fits }) => by ===", '"Stryker was here!"', 'true'],
    ['segments/memberships.ts', 'for (let row = 0; row < this.#rows; row++)', 'row <= this.#rows'],
  ),
]
