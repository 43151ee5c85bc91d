import type { Limits } from '../contacts/limits.js'
import { deepest } from '../contacts/reading.js'

/** What was taken in once is read again whatever the limits are now. */
export const anySize: Limits = Object.freeze({
  depth: deepest,
  nodes: Infinity,
  text: Infinity,
  list: Infinity,
  name: Infinity,
})
