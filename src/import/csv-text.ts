import { CoterieError } from '../base/errors.js'
import { chunksOf, sizeOf, type CsvSource, type ImportSignal } from './csv-source.js'
import { BytesDecoder, type DecodedText, type Span } from './decode-bytes.js'

/** A stretch of a file's text, and how far the file is read with it. */
export interface TextBlock extends DecodedText {
  /** Bytes read so far; of a source of texts, UTF-16 code units. */
  readonly bytes: number
  /** The encoding in use; undefined where the source is text already. */
  readonly encoding: string | undefined
}

/** How a file is read into text. */
export interface TextOptions {
  readonly encoding: string
  /** The most bytes; of a source of texts, UTF-16 code units. */
  readonly mostBytes: number
  readonly signal: ImportSignal | undefined
}

const sound: readonly Span[] = Object.freeze([])

/**
 * The text of a file without its byte-order mark, in stretches that join to the whole, whatever parts it comes in. Throws
 * `LIMIT_EXCEEDED` as soon as the file is known to be too large, and the signal's reason when that is aborted.
 */
export async function* textOf(source: CsvSource, options: TextOptions): AsyncGenerator<TextBlock, void, undefined> {
  const decoder = new BytesDecoder(options.encoding)
  let bytes = 0
  let kind: 'text' | 'bytes' | undefined
  checkSize(sizeOf(source) ?? 0, options)
  throwIfAborted(options.signal)
  for await (const chunk of chunksOf(source)) {
    throwIfAborted(options.signal)
    if (chunk.length === 0) continue
    checkSize((bytes += chunk.length), options)
    const isFirst = kind === undefined
    kind ??= typeof chunk === 'string' ? 'text' : 'bytes'
    if ((typeof chunk === 'string') !== (kind === 'text')) throw mixed()
    if (typeof chunk === 'string') {
      const text = isFirst && chunk.startsWith('\ufeff') ? chunk.slice(1) : chunk
      yield { text, broken: sound, bytes, encoding: undefined }
      continue
    }
    const decoded = decoder.push(chunk)
    if (decoded !== undefined) yield { ...decoded, bytes, encoding: decoder.encoding }
  }
  if (kind === 'bytes') yield { ...decoder.end(), bytes, encoding: decoder.encoding }
}

/** Throws the reason of a signal that is aborted. */
export function throwIfAborted(signal: ImportSignal | undefined): void {
  if (signal?.aborted === true) throw (signal.reason ?? new Error('The import was aborted')) as Error
}

function checkSize(size: number, { mostBytes }: TextOptions): void {
  if (size <= mostBytes) return
  throw new CoterieError('LIMIT_EXCEEDED', `The file has more than ${String(mostBytes)} bytes`, {
    path: ['limits', 'bytes'],
    received: `at least ${String(size)}`,
    expected: `at most ${String(mostBytes)}`,
  })
}

function mixed(): CoterieError {
  return new CoterieError('IMPORT_INVALID', 'Some parts of the file are bytes and some are text', {
    received: 'both',
    expected: 'all bytes, or all text',
  })
}
