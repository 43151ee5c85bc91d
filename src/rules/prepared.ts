import { compileGlob } from '../base/glob.js'
import { compilePattern, type Pattern } from '../base/pattern.js'
import type { HasTagLikeRule, MatchesRule } from './ast.js'

/*
 * What a node of a rule has to be read into before it can be asked, kept with the node as long as it lives. Rules are
 * frozen, so what was read once stays right.
 */

const patterns = new WeakMap<MatchesRule, Pattern>()
const globs = new WeakMap<HasTagLikeRule, (tag: string) => boolean>()

/** The compiled pattern of a node. */
export function patternOf(rule: MatchesRule): Pattern {
  return kept(patterns, rule, () => compilePattern(rule.pattern))
}

/** The compiled `*` pattern of a node. */
export function globOf(rule: HasTagLikeRule): (tag: string) => boolean {
  return kept(globs, rule, () => compileGlob(rule.pattern))
}

function kept<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
