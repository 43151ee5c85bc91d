import { compileGlob } from '../base/glob.js'
import type { Rule } from '../rules/ast.js'
import { fieldsOf, leavesOf } from '../rules/rule-walk.js'

/** Whether rules ask for a tag, by its name or by a pattern. How many tags there are is asked of all and of none. */
export function namedTags(rules: Iterable<Rule>): (tag: string) => boolean {
  const names = new Set<string>()
  const patterns: ((tag: string) => boolean)[] = []
  for (const rule of rules) {
    for (const { leaf } of leavesOf(rule)) {
      for (const tag of fieldsOf(leaf).tags) names.add(tag)
      if (leaf.op === 'hasTagLike') patterns.push(compileGlob(leaf.pattern))
    }
  }
  return (tag) => names.has(tag) || patterns.some((isLike) => isLike(tag))
}
