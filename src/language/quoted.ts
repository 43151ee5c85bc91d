/*
 * Texts in quotes and names in backticks. Inside either, a backslash stands before what cannot stand for itself; the
 * escapes are those of JSON, and `\'` and `` \` ``.
 */

const escapes: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** What a quoted text says, or where in it, from 0, stands an escape that is none. */
export type Unquoted = { readonly text: string } | { readonly badAt: number }

/** What stands between the quotes. */
export function unquote(inside: string): Unquoted {
  if (!inside.includes('\\')) return { text: inside }
  let text = ''
  for (let i = 0; i < inside.length; i++) {
    const unit = inside.charAt(i)
    if (unit !== '\\') {
      text += unit
      continue
    }
    const next = inside.charAt(i + 1)
    const hex = next === 'u' ? /^[\da-fA-F]{4}/.exec(inside.slice(i + 2, i + 6))?.[0] : undefined
    const plain = escapes.get(next)
    if (hex === undefined && plain === undefined) return { badAt: i }
    text += hex === undefined ? (plain as string) : String.fromCharCode(parseInt(hex, 16))
    i += hex === undefined ? 1 : 5
  }
  return { text }
}

/** A text in double quotes. */
export function quote(text: string): string {
  return JSON.stringify(text)
}

/** A name in backticks. */
export function backtick(name: string): string {
  return `\`${quote(name).slice(1, -1).replaceAll('\\"', '"').replaceAll('`', '\\`')}\``
}
