/*
 * A line of braille: each character has two columns of four dots, so two rows of 45 characters show ninety days at
 * eight heights. In Unicode's braille block bits 0, 1, 2, 6 go down the left column and 3, 4, 5, 7 down the right.
 */

const leftDots = [0x01, 0x02, 0x04, 0x40]
const rightDots = [0x08, 0x10, 0x20, 0x80]

/** A line through values, a column of dots for each, from the lowest at the bottom of the rows to the highest on top. */
export function brailleLine(values: readonly number[], rows: number): readonly string[] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const top = rows * 4 - 1
  const heights = values.map((value) => (high === low ? 0 : Math.round(((value - low) / (high - low)) * top)))
  const cells = Array.from({ length: rows }, () => new Array<number>(Math.ceil(values.length / 2)).fill(0))
  heights.forEach((height, column) => {
    // From the height before to this one, so that a leap is a line and not two dots.
    const before = heights[column - 1] ?? height
    const from = before < height ? before + 1 : before > height ? before - 1 : height
    for (let dot = Math.min(from, height); dot <= Math.max(from, height); dot++) {
      const down = top - dot
      const row = cells[Math.floor(down / 4)]
      const bit = (column % 2 === 0 ? leftDots : rightDots)[down % 4] ?? 0
      if (row !== undefined) row[column >> 1] = (row[column >> 1] ?? 0) | bit
    }
  })
  return cells.map((row) => row.map((dots) => String.fromCodePoint(0x2800 + dots)).join(''))
}
