import type { FileSystem, OpenFile } from '../../src/storage/file/file-system.js'

/*
 * A disk whose power can be cut. It keeps, beside what a program sees, what is on the platter for certain, and what was done
 * since: writes and cuts of each file, and changes of the directory. At a power cut any part of these is on the platter and the
 * rest is not: writes are lost, come out of order, and are torn at any block; what was never written holds zeros, or rubbish.
 * Renames and the like happen as a whole or not at all, in any choice.
 *
 * It counts all that a program does which may matter; the cut is told by a count, in the middle of that one.
 */

/** Thrown by everything once the power is cut. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut'
}

type FileChange =
  | { readonly do: 'write'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly do: 'truncate'; readonly size: number }

interface Inode {
  /** What is there for certain. */
  durable: Uint8Array
  since: FileChange[]
  /** What the program sees. */
  now: Uint8Array
}

type Directory = Map<string, Inode>
type DirectoryChange = (directory: Directory) => void

const blockBytes = 32

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export class SimulatedDisk implements FileSystem {
  #durable: Directory = new Map()
  #now: Directory = new Map()
  #since: DirectoryChange[] = []
  #count = 0
  #isCut = false
  /** The count at which the power is cut. */
  cutAt = Infinity
  /** How many bytes the files may hold in all. */
  room = Infinity

  /** How much was done that may matter. */
  get count(): number {
    return this.#count
  }

  get isCut(): boolean {
    return this.#isCut
  }

  /** What is there when the power comes back. */
  afterCut(random: () => number): SimulatedDisk {
    const disk = new SimulatedDisk()
    const directory: Directory = new Map(this.#durable)
    for (const change of this.#since) if (random() < 0.5) change(directory)
    for (const [name, inode] of directory) {
      const bytes = survivors(inode, random)
      const fresh: Inode = { durable: bytes, since: [], now: bytes.slice() }
      disk.#durable.set(name, fresh)
      disk.#now.set(name, fresh)
    }
    return disk
  }

  /** The bytes of a file, to be looked at and changed. */
  bytesOf(name: string): Uint8Array {
    const inode = this.#now.get(name)
    if (inode === undefined) throw new Error(`no file ${name}`)
    return inode.now
  }

  /** A copy with one bit of a file flipped. */
  withFlip(name: string, bit: number): SimulatedDisk {
    const disk = new SimulatedDisk()
    for (const [each, { now }] of this.#now) {
      const bytes = now.slice()
      if (each === name) bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
      const fresh: Inode = { durable: bytes, since: [], now: bytes.slice() }
      disk.#durable.set(each, fresh)
      disk.#now.set(each, fresh)
    }
    return disk
  }

  async makeDirectory(): Promise<void> {
    await this.#turn()
  }

  async list(): Promise<readonly string[]> {
    await this.#turn()
    return [...this.#now.keys()]
  }

  async open(name: string, mode: 'read' | 'create' | 'replace'): Promise<OpenFile> {
    await this.#turn()
    let inode = this.#now.get(name)
    if (inode === undefined) {
      if (mode === 'read') throw new Error(`ENOENT: ${name}`)
      const created: Inode = { durable: new Uint8Array(0), since: [], now: new Uint8Array(0) }
      inode = created
      this.#change((directory) => directory.set(name, created))
    }
    const file = this.#fileOf(inode)
    if (mode === 'replace' && inode.now.length > 0) await file.truncate(0)
    return file
  }

  async link(name: string, second: string): Promise<boolean> {
    await this.#turn()
    const inode = this.#now.get(name)
    if (inode === undefined || this.#now.has(second)) return false
    this.#change((directory) => directory.set(second, inode))
    return true
  }

  async rename(name: string, other: string): Promise<void> {
    await this.#turn()
    const inode = this.#now.get(name)
    if (inode === undefined) throw new Error(`ENOENT: ${name}`)
    this.#change((directory) => {
      directory.set(other, inode)
      directory.delete(name)
    })
  }

  async remove(name: string): Promise<void> {
    await this.#turn()
    if (this.#now.has(name)) this.#change((directory) => directory.delete(name))
  }

  async syncDirectory(): Promise<void> {
    await this.#turn()
    this.#step()
    this.#durable = new Map(this.#now)
    this.#since = []
  }

  #fileOf(inode: Inode): OpenFile {
    const change = async (made: FileChange): Promise<void> => {
      await this.#turn()
      this.#checkRoom(made, inode)
      inode.since.push(made)
      this.#step()
      inode.now = applied(inode.now, made)
    }
    return {
      size: async () => {
        await this.#turn()
        return inode.now.length
      },
      read: async (offset, length) => {
        await this.#turn()
        return inode.now.slice(offset, offset + length)
      },
      write: (offset, bytes) => change({ do: 'write', offset, bytes: bytes.slice() }),
      truncate: (size) => change({ do: 'truncate', size }),
      sync: async () => {
        await this.#turn()
        this.#step()
        inode.durable = inode.now.slice()
        inode.since = []
      },
      close: () => Promise.resolve(),
    }
  }

  #change(change: DirectoryChange): void {
    this.#since.push(change)
    this.#step()
    change(this.#now)
  }

  #checkRoom(made: FileChange, inode: Inode): void {
    if (made.do !== 'write') return
    const others = [...new Set(this.#now.values())].reduce((sum, { now }) => sum + now.length, 0) - inode.now.length
    if (others + Math.max(inode.now.length, made.offset + made.bytes.length) > this.room) throw new Error('ENOSPC')
  }

  /** Something that matters is about to be done. */
  #step(): void {
    this.#count += 1
    if (this.#count >= this.cutAt) {
      this.#isCut = true
      throw new PowerCut(`at ${String(this.#count)}`)
    }
  }

  async #turn(): Promise<void> {
    await Promise.resolve()
    if (this.#isCut) throw new PowerCut('the power is off')
  }
}

function applied(bytes: Uint8Array, change: FileChange): Uint8Array {
  if (change.do === 'truncate') {
    const cut = new Uint8Array(change.size)
    cut.set(bytes.subarray(0, change.size))
    return cut
  }
  const { offset, bytes: written } = change
  const longer = new Uint8Array(Math.max(bytes.length, offset + written.length))
  longer.set(bytes)
  longer.set(written, offset)
  return longer
}

/** What of a file is there after a cut. */
function survivors({ durable, since }: Inode, random: () => number): Uint8Array {
  let bytes: Uint8Array = durable.slice()
  for (const change of since) {
    const fate = random()
    if (fate < 0.3) continue
    if (change.do === 'truncate' || fate > 0.7) bytes = applied(bytes, change)
    else bytes = torn(bytes, change.offset, change.bytes, random)
  }
  return bytes
}

/** A write of which some blocks came through. Where it makes the file longer, the others hold zeros or rubbish. */
function torn(bytes: Uint8Array, offset: number, written: Uint8Array, random: () => number): Uint8Array {
  const isPrefix = random() < 0.5
  const end = isPrefix ? Math.floor(random() * written.length) : written.length
  let result = bytes
  for (let place = 0; place < end;) {
    const next = Math.min(end, (Math.floor((offset + place) / blockBytes) + 1) * blockBytes - offset)
    const isThere = isPrefix || random() < 0.5
    const block = isThere
      ? written.subarray(place, next)
      : random() < 0.5
        ? new Uint8Array(next - place)
        : Uint8Array.from({ length: next - place }, () => Math.floor(random() * 256))
    // What was there before a write that did not come through is still there.
    if (isThere || offset + next > bytes.length)
      result = applied(result, { do: 'write', offset: offset + place, bytes: block })
    place = next
  }
  return result
}
