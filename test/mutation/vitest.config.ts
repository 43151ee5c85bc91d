import { relative } from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import base from '../../vitest.config.js'

// As ever, but only the tests that `run.ts` names; without those of types, as no mutant changes a type, and without those of
// ten thousand of something or of chains of any length, which a mutant would have to wait for.
const named = (variable: string): readonly string[] =>
  (process.env[variable] ?? '').split(' ').filter((pattern) => pattern !== '')
const tests = named('COTERIE_TESTS')
const patterns = tests.map(expressionOf)

/** In the order in which they are named: those of the room notice most mutants at once, and the model is seldom asked. */
class AsNamed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const path = relative(process.cwd(), moduleId)
      return patterns.findIndex((pattern) => pattern.test(path))
    }
    // Of those of one place the usual order would begin with the longest.
    return sorted.reverse().sort((a, b) => placeOf(a) - placeOf(b))
  }
}

/** A glob of folders and files as a regular expression. */
function expressionOf(glob: string): RegExp {
  const text = glob.replaceAll('.', '\\.').replaceAll('**/', '\0').replaceAll('*', '[^/]*').replaceAll('\0', '(.*/)?')
  return new RegExp(`^${text}$`)
}

const { test, ...rest } = base
export default mergeConfig(
  { ...rest, test: { ...test, include: [] } },
  defineConfig({
    test: {
      include: [...tests],
      exclude: [...named('COTERIE_NO_TESTS')],
      setupFiles: process.env['COTERIE_ALL_TESTS'] === '1' ? ['test/mutation/as-static.ts'] : [],
      typecheck: { enabled: false },
      reporters: ['dot'],
      // What all files import is loaded once for each mutant, not for each file.
      isolate: false,
      testTimeout: 15_000,
      testNamePattern: /^(?!.*(10,000|of any size|for a long chain))/,
      sequence: { sequencer: AsNamed },
    },
  }),
)
