/** The encoders that every runtime has, and that the standard library of JavaScript does not name. */
interface Encodings {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array }
  readonly TextDecoder: new (
    label: string,
    options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string }
}

/** The bytes of a text in UTF-8. */
export function utf8Bytes(text: string): Uint8Array {
  const { TextEncoder } = globalThis as unknown as Encodings
  return new TextEncoder().encode(text)
}

/** The text of bytes in UTF-8. Throws where they are none. */
export function utf8Text(bytes: Uint8Array): string {
  const { TextDecoder } = globalThis as unknown as Encodings
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}
