import type { FileSystem } from './file-system.js'

const prefix = 'snapshot-'
const chunkBytes = 1 << 20

/** Snapshot files are called by the position of the last record that is in them. */
export function snapshotName(position: number): string {
  return `${prefix}${String(position).padStart(16, '0')}`
}

/** The snapshots among some files, oldest first. */
export function snapshotFiles(
  names: readonly string[],
): readonly { readonly name: string; readonly position: number }[] {
  return names
    .filter((name) => /^snapshot-\d{16}$/.test(name))
    .sort()
    .map((name) => ({ name, position: Number(name.slice(prefix.length)) }))
}

/** The one that counts: older ones are left over from a power cut. */
export function newestSnapshot(
  names: readonly string[],
): { readonly name: string; readonly position: number } | undefined {
  return snapshotFiles(names).at(-1)
}

/** The bytes of a file, a part at a time. */
export async function* readChunks(files: FileSystem, name: string): AsyncIterable<Uint8Array> {
  const file = await files.open(name, 'read')
  try {
    const size = await file.size()
    for (let offset = 0; offset < size; offset += chunkBytes) yield await file.read(offset, chunkBytes)
  } finally {
    await file.close()
  }
}
