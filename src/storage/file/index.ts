/**
 * An engine kept in files.
 *
 * @module coterie/storage/file
 */
export { fileStorage, type FileStorageOptions } from './file-storage.js'
export { salvageFiles, type SalvageReport } from './salvage.js'
