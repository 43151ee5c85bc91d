/** How many times the environment variable COTERIE_RUNS multiplies every property's runs: 1 when it is not set. */
const factor = Number(process.env['COTERIE_RUNS'] ?? '1')

if (!(factor > 0)) throw new Error(`COTERIE_RUNS must be a positive number, not ${String(process.env['COTERIE_RUNS'])}`)

/** The number of runs of a property: what its author chose, times COTERIE_RUNS, and at least one. */
export function runs(chosen: number): number {
  return Math.max(1, Math.round(chosen * factor))
}
