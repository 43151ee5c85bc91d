import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.js'

// As ever, but only the tests that `run.ts` names, and without those of types: no mutant changes a type.
const tests = (process.env['COTERIE_TESTS'] ?? '').split(' ').filter((pattern) => pattern !== '')

const { test, ...rest } = base
export default mergeConfig(
  { ...rest, test: { ...test, include: [] } },
  defineConfig({
    test: { include: tests, typecheck: { enabled: false }, reporters: ['dot'], testTimeout: 8_000, hookTimeout: 8_000 },
  }),
)
