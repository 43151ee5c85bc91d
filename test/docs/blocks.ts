// The ts code blocks of a page of documentation.
//
// Words after `ts` in the opening fence:
//   ts continue   goes on with the module before it, although it imports something
//   ts no-run     is type-checked, and left out when the module runs

export interface Block {
  readonly code: string
  /** The line of the page that the first line of code stands on. */
  readonly line: number
  /** What follows `ts` after the opening fence. */
  readonly words: readonly string[]
}

const knownWords = ['continue', 'no-run']

/** The ts code blocks of a page, also those inside lists. A fence ends with a fence at least as long. */
export function blocksOf(page: string, markdown: string): Block[] {
  const blocks: Block[] = []
  const lines = markdown.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const open = /^(\s*)(`{3,}|~{3,})\s*(.*)$/.exec(lines[at] ?? '')
    if (open === null) continue
    const [, indent = '', fence = '', info = ''] = open
    const first = at + 1
    while (++at < lines.length && !isClosing(lines[at] ?? '', fence));
    if (at === lines.length) throw new Error(`${page}:${first}: the code block that begins here does not end`)
    const [language, ...words] = info.trim().split(/\s+/)
    if (language !== 'ts') continue
    const unknown = words.find((word) => !knownWords.includes(word))
    if (unknown !== undefined) throw new Error(`${page}:${first}: '${unknown}' is no word of a ts block`)
    const code = lines.slice(first, at).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    blocks.push({ code: code.join('\n'), line: first + 1, words })
  }
  return blocks
}

function isClosing(line: string, fence: string): boolean {
  const marks = line.trim()
  return marks.startsWith(fence) && marks.replaceAll(fence.charAt(0), '') === ''
}
