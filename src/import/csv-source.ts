import { CoterieError, show } from '../base/errors.js'

/** A part of a file: its bytes, or its text where somebody has decoded them. */
export type CsvChunk = string | Uint8Array

/** The part of a web stream that is used where it cannot be iterated over. */
export interface ChunkStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: CsvChunk | undefined }>
    cancel(): Promise<void>
    releaseLock(): void
  }
}

/** A file to read: its text, its bytes, or parts of either as they come, of a Node stream or a web stream for instance. */
export type CsvSource = CsvChunk | Iterable<CsvChunk> | AsyncIterable<CsvChunk> | ChunkStream

/** The part of an `AbortSignal` that is used, so that any runtime's will do. */
export interface ImportSignal {
  readonly aborted: boolean
  readonly reason?: unknown
}

/** A text or a list of bytes that is there as a whole is looked at in parts of this size. */
const partSize = 1 << 18

/** The chunks of a source, in order. */
export async function* chunksOf(source: CsvSource): AsyncGenerator<CsvChunk, void, undefined> {
  if (typeof source === 'string') {
    for (let from = 0; from < source.length; from += partSize) yield source.slice(from, from + partSize)
    return
  }
  const bytes = bytesOf(source)
  if (bytes !== undefined) {
    for (let from = 0; from < bytes.length; from += partSize) yield bytes.subarray(from, from + partSize)
    return
  }
  for await (const chunk of iterableOf(source))
    yield typeof chunk === 'string' ? chunk : (bytesOf(chunk) ?? refuse(chunk))
}

/** The size of a source where it is known before it is read: bytes, or of a text UTF-16 code units. */
export function sizeOf(source: CsvSource): number | undefined {
  return typeof source === 'string' ? source.length : bytesOf(source)?.length
}

/** The bytes of a typed array of whichever realm, a `Buffer` for one; undefined for all else. */
function bytesOf(input: unknown): Uint8Array | undefined {
  if (input instanceof Uint8Array) return input
  if (!ArrayBuffer.isView(input)) return undefined
  return new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
}

function iterableOf(source: unknown): AsyncIterable<unknown> | Iterable<unknown> {
  if (typeof source !== 'object' || source === null) return refuse(source)
  if (Symbol.asyncIterator in source) return source as AsyncIterable<unknown>
  if (Symbol.iterator in source) return source as Iterable<unknown>
  return 'getReader' in source ? read(source as ChunkStream) : refuse(source)
}

/** A web stream, in browsers where it is no iterable. It is cancelled when nobody reads on. */
async function* read(stream: ChunkStream): AsyncGenerator<unknown, void, undefined> {
  const reader = stream.getReader()
  let isRead = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      yield value
    }
    isRead = true
  } finally {
    if (!isRead) await reader.cancel()
    reader.releaseLock()
  }
}

function refuse(received: unknown): never {
  throw new CoterieError('IMPORT_INVALID', `${show(received)} is no part of a file`, {
    received: show(received),
    expected: 'a text, a Uint8Array, or an iterable or stream of either',
  })
}
