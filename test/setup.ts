import fc from 'fast-check'
import { runs } from './runs.js'

// COTERIE_SEED replays a run: fast-check prints the seed of a failing property. COTERIE_RUNS multiplies the runs, here
// those of the properties that do not choose their number. What says how long it can be is that long: fast-check would make lists of ten.
const seed = process.env['COTERIE_SEED']
const parsed = Number(seed)

if (seed !== undefined && !Number.isInteger(parsed)) throw new Error(`COTERIE_SEED must be an integer, not ${seed}`)

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  numRuns: runs(100),
  defaultSizeToMaxWhenMaxSpecified: true,
  ...(seed === undefined ? {} : { seed: parsed }),
})
