/*
 * Pieces of SQL about local days: a day is a text, `YYYY-MM-DD`, so that SQLite's own functions reckon with it; when it begins
 * is looked up in the table `days` of the oracle.
 */

/** A day in ms. */
export const DAY = 86_400_000

/** The local day of an instant. */
export function localDay(zone: string, instant: string): string {
  return `(SELECT day FROM days WHERE zone = '${zone}' AND start <= ${instant} ORDER BY start DESC LIMIT 1)`
}

/** When a local day begins, moved by modifiers of SQLite such as `'-3 months', 'floor'`. */
export function startOf(zone: string, day: string, ...modifiers: readonly string[]): string {
  const moved = [day, ...modifiers.map((modifier) => `'${modifier}'`)].join(', ')
  return `(SELECT start FROM days WHERE zone = '${zone}' AND day = date(${moved}))`
}

/** When the local day begins that is found from today by modifiers. */
export function fromToday(zone: string, ...modifiers: readonly string[]): string {
  return startOf(zone, localDay(zone, ':now'), ...modifiers)
}

/** The first day of the quarter of a day. */
export function quarterOf(day: string): string {
  return `date(${day}, 'start of month', '-' || ((strftime('%m', ${day}) - 1) % 3) || ' months')`
}
