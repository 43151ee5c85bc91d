/*
 * How much room text takes, where nothing can be measured: on a terminal, in columns, and roughly in a picture. Letters of
 * East Asia and emoji are twice as wide as others, and marks that are put on a letter take none.
 */

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u
const none = /[\p{Mark}\p{Cf}]/u

/** How many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return width
}

/** The text, or as much of its beginning as fits into so many columns, with `…` behind. */
export function fitted(text: string, columns: number): string {
  const plain = text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
  if (textWidth(plain) <= columns) return plain
  let taken = ''
  let width = 1
  for (const character of plain) {
    width += widthOf(character)
    if (width > columns) break
    taken += character
  }
  return columns < 1 ? '' : `${taken}…`
}

function widthOf(character: string): number {
  return none.test(character) ? 0 : wide.test(character) ? 2 : 1
}
