/** The same bytes in parts of one length, the last one aside: for storages that keep each part as a row. */
export async function* rechunked(chunks: AsyncIterable<Uint8Array>, length: number): AsyncIterable<Uint8Array> {
  let part = new Uint8Array(length)
  let filled = 0
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length;) {
      const taken = chunk.subarray(from, from + length - filled)
      part.set(taken, filled)
      filled += taken.length
      from += taken.length
      if (filled < length) continue
      yield part
      part = new Uint8Array(length)
      filled = 0
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}
