import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.js'

// As ever, but only the tests that `run.ts` names; without those of types, as no mutant changes a type, and without those of
// ten thousand of something, which a mutant would have to wait for.
const tests = (process.env['COTERIE_TESTS'] ?? '').split(' ').filter((pattern) => pattern !== '')

const { test, ...rest } = base
export default mergeConfig(
  { ...rest, test: { ...test, include: [] } },
  defineConfig({
    test: {
      include: tests,
      typecheck: { enabled: false },
      reporters: ['dot'],
      testTimeout: 15_000,
      testNamePattern: /^(?!.*10,000)/,
    },
  }),
)
