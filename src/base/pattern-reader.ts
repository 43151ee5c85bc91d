import { CoterieError, show } from './errors.js'

/** A place in the source of a pattern, moved by those who read it. */
export class PatternReader {
  readonly source: string
  /** In UTF-16 code units from 0. */
  at = 0
  /** How many groups are open. */
  depth = 0

  constructor(source: string) {
    this.source = source
  }

  get atEnd(): boolean {
    return this.at >= this.source.length
  }

  /** Whether `text` stands here. */
  sees(text: string): boolean {
    return this.source.startsWith(text, this.at)
  }

  /** Moves past `text` if it stands here, and says whether it did. */
  skip(text: string): boolean {
    const seen = this.sees(text)
    if (seen) this.at += text.length
    return seen
  }

  /** The character here, of one or two code units; '' at the end. */
  peek(): string {
    const codePoint = this.source.codePointAt(this.at)
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint)
  }

  /** The character here, moving past it; '' at the end. */
  next(): string {
    const character = this.peek()
    this.at += character.length
    return character
  }

  /** What `expression`, which is sticky, finds here, moving past it. */
  match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at
    const found = expression.exec(this.source)
    if (found !== null) this.at = expression.lastIndex
    return found
  }

  /** The error for something at `position` that is not in the language; `received` is the character there unless given. */
  refusal(position: number, problem: string, expected: string, received?: string): CoterieError {
    const codePoint = this.source.codePointAt(position)
    const there = codePoint === undefined ? 'the end' : show(String.fromCodePoint(codePoint))
    return new CoterieError('PATTERN_INVALID', `The pattern is refused at ${position}: ${problem}.`, {
      position,
      received: received === undefined ? there : show(received),
      expected,
    })
  }
}
