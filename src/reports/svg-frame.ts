import { fitted } from './text-width.js'

/*
 * What all pictures have: a title and a description for those who do not see them, and colours that follow the reader's
 * light or dark theme. A page that shows a picture inline can set its own with the variables `--coterie-ink`, `--coterie-faint`,
 * `--coterie-line`, `--coterie-paper` and `--coterie-1` to `--coterie-8`. Every shape also carries its colour as an attribute,
 * for viewers that know no variables; style sheets win over these.
 */

/** The colours of series, in order, on light and on dark: told apart by those who see red and green alike, too. */
const palette: readonly (readonly [light: string, dark: string])[] = [
  ['#2f6fb7', '#6aa9ee'],
  ['#b8560a', '#f0a35e'],
  ['#1a7f5a', '#58c79b'],
  ['#8a4fae', '#c79be6'],
  ['#a3324c', '#ee8aa0'],
  ['#5f6b1f', '#bcc765'],
  ['#0b7a8a', '#5cc8d8'],
  ['#6b5d53', '#c2b3a7'],
]

const inks = {
  ink: ['#1f2328', '#e8eaed'],
  faint: ['#59636e', '#a3abb5'],
  line: ['#d5dae0', '#3a4149'],
  paper: ['#ffffff', '#16191d'],
} as const

/** A colour by its role, or by the place of a series. */
export type Colour = keyof typeof inks | number

/** The attributes that give a shape its colour. */
export function painted(property: 'fill' | 'stroke', colour: Colour): string {
  const name = nameOf(colour)
  return `${property}="${lightOf(colour)}" class="coterie-${property}-${name}"`
}

/** A colour that can be written into a style: it follows the theme. */
function nameOf(colour: Colour): string {
  return typeof colour === 'number' ? String((colour % palette.length) + 1) : colour
}

function lightOf(colour: Colour): string {
  return typeof colour === 'number' ? (palette[colour % palette.length]?.[0] ?? '') : inks[colour][0]
}

/** The picture: `content` between what frames it. */
export function framed(
  { title, description, width, height }: { title: string; description: string; width: number; height: number },
  content: string,
): string {
  const size = `viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" class="coterie-chart" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    `<style>${style()}</style>`,
    `<rect width="100%" height="100%" ${painted('fill', 'paper')}/>`,
    `<text x="16" y="26" font-size="15" font-weight="600" ${painted('fill', 'ink')}>${escaped(fitted(title, Math.floor((width - 32) / 9)))}</text>`,
    content,
    '</svg>',
  ].join('\n')
}

/** A text that can stand between tags and in attributes; what XML cannot hold becomes U+FFFD. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function style(): string {
  const named: readonly (readonly [string, readonly [string, string]])[] = [
    ...Object.entries(inks),
    ...palette.map((pair, place) => [String(place + 1), pair] as const),
  ]
  const rules = (theme: 0 | 1): string =>
    named
      .flatMap(([name, colours]) =>
        (['fill', 'stroke'] as const).map(
          (property) => `.coterie-${property}-${name}{${property}:var(--coterie-${name},${colours[theme]})}`,
        ),
      )
      .join('')
  return `${rules(0)}@media (prefers-color-scheme:dark){${rules(1)}}`
}
