/**
 * What tests of those who build on coterie need; for any test runner.
 *
 * @module coterie/testing
 */
export { storageConformance } from './storage/storage-conformance.js'
export type { StorageCase, StoragePlace, StorageUnderTest } from './storage/storage-case.js'
