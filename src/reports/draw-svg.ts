import { optionInvalid, plainOptions } from '../engine/arguments.js'
import type { Chart } from './chart.js'
import type { Drawing } from './drawing.js'
import { chartWords } from './number-words.js'
import { svgBars } from './svg-bars.js'
import { framed, painted } from './svg-frame.js'
import { svgLines } from './svg-lines.js'
import { svgMatrix } from './svg-matrix.js'

/** How a picture is drawn. */
export interface SvgOptions {
  /** In pixels, at least 240; how high it is follows from what is in it. Default 720. */
  readonly width?: number
}

/**
 * A chart as a picture: SVG that stands alone or inline, follows the reader's light or dark theme, and says its numbers to
 * those who do not see it. Names that are too long are cut; the whole name shows where the pointer rests.
 *
 * @throws CoterieError `OPTION_INVALID`.
 */
export function drawSvg(chart: Chart, options: SvgOptions = {}): string {
  const { width = 720 } = plainOptions('options', options)
  if (!Number.isSafeInteger(width) || width < 240) throw optionInvalid('width', width, 'a whole number from 240')
  const { content, height } = drawn(chart, width)
  return framed({ title: chart.title, description: chartWords(chart), width, height }, content)
}

function drawn(chart: Chart, width: number): Drawing {
  switch (chart.kind) {
    case 'bars':
      return isEmpty(chart.labels, chart.series) ? noData() : svgBars(chart, width)
    case 'lines':
      return isEmpty(chart.labels, chart.series) ? noData() : svgLines(chart, width)
    case 'matrix':
      return isEmpty(chart.rows, chart.columns) ? noData() : svgMatrix(chart, width)
  }
}

function isEmpty(...lists: readonly (readonly unknown[])[]): boolean {
  return lists.some(({ length }) => length === 0)
}

function noData(): Drawing {
  return { content: `<text x="16" y="60" ${painted('fill', 'faint')}>No data</text>`, height: 84 }
}
