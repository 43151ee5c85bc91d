import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Where to write what came out as JSON, for a script to read. */
const report = process.env['COTERIE_REPORT']

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^coterie$/, replacement: source('index.ts') },
      { find: /^coterie\/rules$/, replacement: source('rules/index.ts') },
      { find: /^coterie\/audiences$/, replacement: source('audiences/index.ts') },
      { find: /^coterie\/automation$/, replacement: source('automation/index.ts') },
      { find: /^coterie\/reports$/, replacement: source('reports/index.ts') },
      { find: /^coterie\/import$/, replacement: source('import/index.ts') },
      { find: /^coterie\/analysis$/, replacement: source('analysis/index.ts') },
      { find: /^coterie\/language$/, replacement: source('language/index.ts') },
      { find: /^coterie\/storage\/file$/, replacement: source('storage/file/index.ts') },
      // Pages are run from a folder of their own, where there are no packages.
      { find: /^fast-check$/, replacement: fileURLToPath(import.meta.resolve('fast-check')) },
      { find: /^coterie\/testing$/, replacement: source('testing/index.ts') },
      { find: /^coterie\/storage\/sql$/, replacement: source('storage/sql/index.ts') },
      { find: /^coterie\/storage\/redis$/, replacement: source('storage/redis/index.ts') },
      { find: /^coterie\/storage\/indexeddb$/, replacement: source('storage/indexeddb/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    // What runs more often may take as much longer.
    testTimeout: 60_000 * Math.max(1, Number(process.env['COTERIE_RUNS'] ?? '1')),
    hookTimeout: 120_000,
    typecheck: {
      enabled: true,
      include: ['test/types/**/*.test-d.ts'],
      tsconfig: './tsconfig.test.json',
    },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html', 'json'],
      // It takes a quarter of an hour, and says as much where a property has found something.
      reportOnFailure: true,
    },
  },
})
