/*
 * The rooms whose source is mutated, with the tests that must notice. Those that are about the room are asked first; only of what
 * they let pass the long ones are asked, such as the model test. Under `npm run test:mutation` properties run a few times only, with
 * one seed.
 */

export interface Room {
  /** Of the source. */
  readonly files: readonly string[]
  readonly tests: readonly string[]
  /** Those that take long, some of which may be among the others by their names. */
  readonly long?: readonly string[]
}

const of = (...names: readonly string[]): readonly string[] => names.map((name) => `test/${name}`)

export const rooms: Readonly<Record<string, Room>> = {
  delivery: {
    files: ['src/delivery/**/*.ts'],
    tests: of('delivery/**/*.test.ts', 'engine/listener*.test.ts', 'engine/transitions.test.ts'),
  },
  segments: {
    files: ['src/segments/**/*.ts'],
    tests: of('segments/**/*.test.ts', 'engine/*.test.ts', 'work/**/*.test.ts'),
    long: of(
      'engine/hostile*.test.ts',
      'engine/fold*.test.ts',
      'engine/verify.test.ts',
      'engine/slices.test.ts',
      'durable/restoring.properties.test.ts',
      'model/engine-model.test.ts',
    ),
  },
  predicates: {
    files: ['src/predicates/**/*.ts'],
    tests: of(
      'predicates/**/*.test.ts',
      'engine/clock.test.ts',
      'engine/defects-matching.test.ts',
      'engine/defects-time.test.ts',
    ),
    long: of(
      'predicates/contact-test.test.ts',
      'work/**/*.test.ts',
      'engine/defects-memberships.test.ts',
      'engine/literals-on-the-left.test.ts',
      'rules/timed.test.ts',
      'model/engine-model.test.ts',
    ),
  },
  store: {
    files: ['src/store/**/*.ts'],
    tests: of(
      'store/**/*.test.ts',
      'engine/*-changes.test.ts',
      'engine/merge.test.ts',
      'engine/identity.test.ts',
      'engine/seldom.test.ts',
      'engine/fold.test.ts',
      'tags/*.test.ts',
    ),
  },
  rules: {
    files: ['src/rules/**/*.ts', '!src/rules/index.ts', '!src/rules/ast.ts'],
    tests: of('rules/**/*.test.ts'),
    long: of('rules/*property.test.ts', 'rules/*laws.test.ts', 'rules/hostile-*.test.ts', 'rules/time*.test.ts'),
  },
}
