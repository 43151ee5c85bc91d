import { escaped, painted, type Colour } from './svg-frame.js'
import { fitted, textWidth } from './text-width.js'

/** About how many pixels a column of text takes at 13 pixels; a little more than most letters need. */
const column = 7.2

/** About how wide a text is, in pixels. */
export function pixelsOf(text: string): number {
  return textWidth(text) * column
}

/** A text in no more than so many pixels; cut, it carries the whole as a title. */
export function label(
  text: string,
  place: { readonly x: number; readonly y: number; readonly room: number },
  look: { readonly anchor?: 'start' | 'middle' | 'end'; readonly colour?: Colour; readonly turned?: boolean } = {},
): string {
  const { x, y, room } = place
  const { anchor = 'start', colour = 'ink', turned = false } = look
  const shown = fitted(text, Math.floor(room / column))
  const whole = shown === text ? '' : `<title>${escaped(text)}</title>`
  const turn = turned ? ` transform="rotate(40 ${pixel(x)} ${pixel(y)})"` : ''
  const at = `x="${pixel(x)}" y="${pixel(y)}" text-anchor="${anchor}"${turn}`
  return `<text ${at} ${painted('fill', colour)}>${whole}${escaped(shown)}</text>`
}

/** A coordinate, to a tenth of a pixel. */
export function pixel(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** The names of series with their colours, in as many lines as they need, and where they end. */
export function legend(
  names: readonly string[],
  top: number,
  width: number,
): { readonly content: string; readonly bottom: number } {
  const parts: string[] = []
  let x = 16
  let y = top
  for (const [place, name] of names.entries()) {
    const room = Math.min(pixelsOf(name), width - 54)
    if (x > 16 && x + 18 + room > width - 16) {
      x = 16
      y += 20
    }
    parts.push(`<rect x="${pixel(x)}" y="${pixel(y - 10)}" width="11" height="11" rx="2" ${painted('fill', place)}/>`)
    parts.push(label(name, { x: x + 17, y, room }))
    x += 17 + room + 18
  }
  return { content: parts.join('\n'), bottom: y + 12 }
}
