/**
 * Compiles a pattern in which `*` stands for any run of code points, the empty one too, and all else for itself.
 * The answer tells whether a whole text fits.
 *
 * The stars part the pattern into literal pieces. The first must begin the text, the last end it, and each between is
 * looked for from where the one before ended: taking the leftmost place leaves the most room, so there is nothing to
 * go back to. At worst this costs the length of the text times that of the pattern.
 */
export function compileGlob(source: string): (text: string) => boolean {
  const [head = '', ...rest] = source.split('*')
  const tail = rest.pop()
  if (tail === undefined) return (text) => text === source
  const between = rest.filter((piece) => piece !== '')
  return (text) => {
    if (!text.startsWith(head)) return false
    let from = head.length
    for (const piece of between) {
      const at = text.indexOf(piece, from)
      if (at === -1) return false
      from = at + piece.length
    }
    return text.length - tail.length >= from && text.endsWith(tail)
  }
}
