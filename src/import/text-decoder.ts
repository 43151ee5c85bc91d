import { CoterieError, show } from '../base/errors.js'

/** Bytes into text: the part of `TextDecoder` that is used. */
export interface Decoder {
  /** The standard name of the encoding. */
  readonly encoding: string
  decode(bytes: Uint8Array): string
}

type DecoderClass = new (label: string, options: { readonly fatal: boolean; readonly ignoreBOM: boolean }) => Decoder

/**
 * The decoder of an encoding, by any name that the Encoding Standard knows it by; a byte-order mark is a character to it.
 * A strict one throws where bytes are not of the encoding, another one puts U+FFFD.
 *
 * @throws CoterieError `OPTION_INVALID` where the runtime knows no such encoding.
 */
export function decoderOf(encoding: string, isStrict: boolean): Decoder {
  try {
    const { TextDecoder } = globalThis as unknown as { readonly TextDecoder: DecoderClass }
    const decoder = new TextDecoder(encoding, { fatal: isStrict, ignoreBOM: true })
    return decoder.encoding === 'windows-1252' ? windows1252 : decoder
  } catch (cause) {
    throw new CoterieError('OPTION_INVALID', `This runtime cannot read the encoding ${show(encoding)}`, {
      path: ['encoding'],
      received: show(encoding),
      expected: 'an encoding that TextDecoder knows, such as utf-8, utf-16le or windows-1252',
      cause,
    })
  }
}

/** The characters of the bytes 0x80 to 0x9F, as the Encoding Standard's index has them. */
const high = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/**
 * The encoding of most files that are not Unicode, and what `iso-8859-1` stands for. Read by hand: Node from 20.18.3 to
 * 24 and some other runtimes take the bytes 0x80 to 0x9F, the euro sign and curly quotes among them, for control
 * characters, and lose a first byte 0xFF (nodejs/node issues 56542 and 60888). No byte is not of it.
 */
const windows1252: Decoder = /* @__PURE__ */ Object.freeze({ encoding: 'windows-1252', decode: decodeWindows1252 })

function decodeWindows1252(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 4096) {
    const units = Array.from(bytes.subarray(from, from + 4096), (byte) =>
      byte >= 0x80 && byte < 0xa0 ? high.charCodeAt(byte - 0x80) : byte,
    )
    text += String.fromCharCode(...units)
  }
  return text
}
