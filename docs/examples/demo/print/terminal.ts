/** A colour, or a weight. */
export type Paint = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'grey' | 'bold'

/** Where the demonstration is shown. */
export interface Terminal {
  /** Columns of a line. */
  readonly width: number
  /** Prints a line; without a text an empty one. */
  print(line?: string): void
  /** The text in a colour, where there are colours. */
  paint(paint: Paint, text: string): string
  /** Shows a line that the next one takes the place of, for so many ms; where nobody looks, nothing. */
  status(line: string, ms: number): Promise<void>
}

const codes: { readonly [name in Paint]: number } = {
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  grey: 90,
  bold: 1,
}

/** The terminal behind a stream: colours only where it is one that shows them and NO_COLOR does not forbid it. */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  const { isTTY: watched } = stream
  const colours = watched && !process.env['NO_COLOR'] && stream.hasColors()
  // Wider than that, the eye loses the line.
  const width = watched ? Math.min(stream.columns, 120) : 80
  const clear = watched ? '\r\x1b[2K' : ''
  return {
    width,
    print: (line = '') => void stream.write(`${clear}${line.trimEnd()}\n`),
    paint: (paint, text) => (colours ? `\x1b[${codes[paint]}m${text}\x1b[0m` : text),
    status(line, ms) {
      if (!watched) return Promise.resolve()
      stream.write(clear + fitted(line, width - 1))
      return new Promise((resolve) => setTimeout(resolve, ms))
    },
  }
}

/** The text cut to a width, or filled up to it. */
export function fitted(text: string, width: number): string {
  const characters = Array.from(text)
  return characters.length > width
    ? `${characters.slice(0, width - 1).join('')}…`
    : text + ' '.repeat(width - characters.length)
}

/** A text broken into lines of a width at most, between words. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Prints a text of several lines, as many as it takes. */
export function printWrapped({ print, width }: Terminal, text: string): void {
  for (const line of wrapped(text, width)) print(line)
}

/** Prints the heading of a part, and an empty line before it. */
export function heading({ print, paint, width }: Terminal, text: string): void {
  print()
  for (const line of wrapped(text, width)) print(paint('bold', line))
}

export function milliseconds(duration: number): string {
  return `${counted(Math.round(duration))} ms`
}

/** A number with its thousands apart, and of what. */
export function counted(count: number, noun?: string): string {
  const number = count.toLocaleString('en-GB')
  return noun === undefined ? number : `${number} ${noun}${count === 1 ? '' : 's'}`
}
