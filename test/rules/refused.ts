import type { Issue } from '../../src/base/errors.js'
import { readRule, type RuleOptions } from '../../src/rules/read-rule.js'

/** All that is wrong with a rule; nothing where it is read. */
export function issuesOf(input: unknown, options?: RuleOptions): readonly Issue[] {
  const result = readRule(input, options)
  return result.ok ? [] : result.issues
}

/** Builders as somebody without types calls them. */
export type Untyped = Readonly<Record<string, (...given: unknown[]) => Untyped>>

export const untyped = (face: unknown): Untyped => face as Untyped
