/** A text as Markdown that shows it as it is, on one line. */
export function plain(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  const escaped = line.replaceAll(/[\\`*_{}[\]<>#|~!&$]/gu, '\\$&')
  // At the beginning of a line a number or a sign would begin a list.
  return escaped.replace(/^([-+=:]|\d+[.)])/u, (sign) => `${sign.slice(0, -1)}\\${sign.slice(-1)}`)
}

/** A text as code, whatever is in it. */
export function code(text: string): string {
  const line = text.replaceAll(/\s/gu, ' ')
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/gu), ([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const isPadded = line.startsWith('`') || line.endsWith('`') || line.trim() !== line || line === ''
  return isPadded ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}
