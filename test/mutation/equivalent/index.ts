/*
 * Mutants that no test can notice, and why: they do the same by another way. They are counted out of the score; `run.ts` fails on
 * one that is noticed, or not there any more.
 */

import type { Equivalent } from './equivalent.js'
import { inPredicates } from './predicates.js'
import { inRules } from './rules.js'
import { inSegments } from './segments.js'
import { inStore } from './store.js'

export type { Equivalent } from './equivalent.js'

export const equivalents: readonly Equivalent[] = [...inPredicates, ...inRules, ...inSegments, ...inStore]
