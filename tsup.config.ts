import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    rules: 'src/rules/index.ts',
    import: 'src/import/index.ts',
    reports: 'src/reports/index.ts',
    audiences: 'src/audiences/index.ts',
    automation: 'src/automation/index.ts',
    analysis: 'src/analysis/index.ts',
    language: 'src/language/index.ts',
    'storage/file': 'src/storage/file/index.ts',
    testing: 'src/testing/index.ts',
    'storage/sql': 'src/storage/sql/index.ts',
    'storage/redis': 'src/storage/redis/index.ts',
    'storage/indexeddb': 'src/storage/indexeddb/index.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  // Node's own modules keep the name by which every runtime that has them knows them.
  removeNodeProtocol: false,
  external: [/^node:/],
  splitting: true,
  // Without this pass an entry point loads chunks that it does not use, and the source maps of the CommonJS chunks name
  // a path of the machine that built them.
  treeshake: { moduleSideEffects: false },
  sourcemap: true,
  clean: true,
  // TypeScript 6 objects to `baseUrl`, which the declaration build sets on its own account.
  // What is internal is no part of the declarations: constructors of what engines hand out, and the types behind them.
  dts: { compilerOptions: { ignoreDeprecations: '6.0', stripInternal: true } },
})
