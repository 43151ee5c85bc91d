import type { Rule } from '../rules/ast.js'
import { fieldsOf, leavesOf, referencesOf } from '../rules/rule-walk.js'
import type { Prover } from './prover.js'

/** How two segments stand to each other: `one` is `relation` `other`, at every instant. */
export interface SegmentRelation {
  readonly one: string
  readonly other: string
  readonly relation: 'equal' | 'inside' | 'disjoint'
}

/**
 * How segments stand to each other, as far as it is proved. Pairs that read nothing in common are passed over: of these
 * neither says anything of the other, unless one of them never or always holds, which is told of itself. So are segments
 * that never hold, which are inside all others.
 */
export function relationsOf(rules: ReadonlyMap<string, Rule>, prover: Prover): readonly SegmentRelation[] {
  const parts = [...rules].map(([id, rule]) => ({ id, literal: prover.literalOf(rule), reads: readsOf(id, rules) }))
  const live = parts.filter(({ literal }) => !prover.never(literal))
  const relations: SegmentRelation[] = []
  const tell = (one: string, other: string, relation: SegmentRelation['relation']): void => {
    relations.push(Object.freeze({ one, other, relation }))
  }
  for (const [place, one] of live.entries()) {
    for (const other of live.slice(place + 1)) {
      if (!haveCommon(one.reads, other.reads)) continue
      const isInside = prover.follows(other.literal, one.literal)
      const contains = prover.follows(one.literal, other.literal)
      if (isInside && contains) tell(one.id, other.id, 'equal')
      else if (isInside) tell(one.id, other.id, 'inside')
      else if (contains) tell(other.id, one.id, 'inside')
      else if (prover.never(one.literal, other.literal)) tell(one.id, other.id, 'disjoint')
    }
  }
  return relations
}

/** What the rule of a segment reads, by itself and through others, each as a text. */
function readsOf(segment: string, rules: ReadonlyMap<string, Rule>): ReadonlySet<string> {
  const reads = new Set<string>()
  const segments = new Set([segment])
  for (const id of segments) {
    reads.add(`segment ${id}`)
    const rule = rules.get(id)
    if (rule === undefined) continue
    for (const next of referencesOf(rule)) segments.add(next)
    for (const { leaf } of leavesOf(rule)) {
      const { attributes, tags, anyTag, events, records } = fieldsOf(leaf)
      for (const name of attributes) reads.add(`attribute ${name}`)
      for (const type of events) reads.add(`events ${type}`)
      for (const name of records) reads.add(`records ${name}`)
      if (leaf.op === 'inSample') reads.add(`sample ${leaf.salt}`)
      // Tags have to do with each other by patterns and by their number.
      if (tags.size > 0 || anyTag) reads.add('tags')
      if (JSON.stringify(leaf).includes('"contactId"')) reads.add('id')
    }
  }
  return reads
}

function haveCommon(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const name of one) if (other.has(name)) return true
  return false
}
