import type { Path } from '../base/errors.js'
import { isLiteral, type LeafRule, type Operand, type Rule } from './ast.js'
import { operands, operators } from './operator-table.js'
import { globOf } from './prepared.js'
import { leavesOf, writtenFields } from './rule-walk.js'

/*
 * The places at which a rule reads tags otherwise than by asking whether a contact has one by its name: by a pattern, by
 * their number, or by who holds one. There, to put one name in the place of another can change what is meant.
 */

/** Such a place: the way to it, and how tags are read there. */
export interface LooseTagRead {
  readonly path: Path
  readonly by: 'pattern' | 'number' | 'holder'
  /** The tag that is named there; none by pattern and by number. */
  readonly tag?: string
  /** The pattern, where it is one. */
  readonly pattern?: string
  /** Whether the pattern fits a tag; always false where none is. */
  readonly fits: (tag: string) => boolean
}

/** The places in a rule at which tags are read by pattern, number or holder, in order. */
export function looseTagReads(rule: Rule): readonly LooseTagRead[] {
  return leavesOf(rule).flatMap(({ leaf, path }) => readsOf(leaf).map((read) => ({ ...read, path })))
}

type Read = Omit<LooseTagRead, 'path'>

const never = (): boolean => false

function readsOf(leaf: LeafRule): readonly Read[] {
  if (leaf.op === 'hasTagLike') return [{ by: 'pattern', pattern: leaf.pattern, fits: globOf(leaf) }]
  if (leaf.op === 'tagHeldBy') return [{ by: 'holder', tag: leaf.tag, fits: never }]
  return operandsIn(leaf, operators[leaf.op]).flatMap((operand) => operandReads(operand))
}

function operandReads(operand: Operand): readonly Read[] {
  if (isLiteral(operand)) return []
  if (operand.get === 'tagCount') return [{ by: 'number', fits: never }]
  return operandsIn(operand, operands[operand.get]).flatMap((inner) => operandReads(inner))
}

function operandsIn(node: object, row: Parameters<typeof writtenFields>[1]): readonly Operand[] {
  return [...writtenFields(node, row)].flatMap(({ kind, value }) => {
    if (kind === 'operand') return [value as Operand]
    return kind === 'operands' ? (value as readonly Operand[]) : []
  })
}
