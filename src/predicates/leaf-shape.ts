import { isList, type Value } from '../contacts/value.js'
import { isLiteral, type ComputedOperand, type Items, type LeafRule } from '../rules/ast.js'
import type { NumberRange } from './cut-index.js'

/*
 * How a leaf can be indexed. Most leaves compare one operand with literals; such leaves share that operand, its value is
 * asked once before a change and once after it, and an index by the literals says which of them flipped. What has no such
 * form stands alone and is tested.
 */

/** What a leaf asks of the value that it is about. */
export type Shape =
  | { readonly kind: 'range'; readonly range: NumberRange }
  | { readonly kind: 'keys'; readonly values: readonly Value[] }
  | { readonly kind: 'elements'; readonly elements: readonly (string | number)[] }
  | { readonly kind: 'presence' }
  /** Asked of the value, but by a test of its own: patterns, parts of a text, dates of the calendar. */
  | { readonly kind: 'tested' }

/** The operand that a leaf is about, and what it asks of its value. */
export interface AboutValue {
  readonly operand: ComputedOperand
  readonly shape: Shape
}

/** How a positive leaf asks one operand for literals, or `undefined` where it does not: its truth is all there is of it. */
export function aboutValue(leaf: LeafRule): AboutValue | undefined {
  if (leaf.op === 'some') return { operand: countOf(leaf.of), shape: range(1, false, Infinity, false) }
  if (!('left' in leaf) || isLiteral(leaf.left)) return undefined
  const operand = leaf.left
  switch (leaf.op) {
    case 'equals':
      return isLiteral(leaf.right) ? { operand, shape: keys([leaf.right]) } : undefined
    case 'in': {
      const values = leaf.right.filter(isLiteral)
      return values.length === leaf.right.length ? { operand, shape: keys(values) } : undefined
    }
    case 'greaterThan':
      return typeof leaf.right === 'number' ? { operand, shape: range(leaf.right, true, Infinity, false) } : undefined
    case 'atLeast':
      return typeof leaf.right === 'number' ? { operand, shape: range(leaf.right, false, Infinity, false) } : undefined
    case 'lessThan':
      return typeof leaf.right === 'number' ? { operand, shape: range(-Infinity, false, leaf.right, true) } : undefined
    case 'atMost':
      return typeof leaf.right === 'number' ? { operand, shape: range(-Infinity, false, leaf.right, false) } : undefined
    case 'between': {
      const { low, high } = leaf
      if (typeof low === 'number' && typeof high === 'number') return { operand, shape: range(low, false, high, false) }
      return isLiteral(low) && isLiteral(high) ? { operand, shape: tested } : undefined
    }
    case 'exists':
      return { operand, shape: presence }
    case 'containsAny':
    case 'containsAll':
      // An empty list, which of any list would have all, is not read.
      return isLiteral(leaf.right) && isList(leaf.right)
        ? { operand, shape: { kind: 'elements', elements: leaf.right } }
        : undefined
    case 'isEmpty':
    case 'matches':
      return { operand, shape: tested }
    case 'contains':
    case 'startsWith':
    case 'endsWith':
    case 'before':
    case 'after':
    case 'on':
      return isLiteral(leaf.right) ? { operand, shape: tested } : undefined
    default:
      return undefined
  }
}

const presence: Shape = Object.freeze({ kind: 'presence' })
const tested: Shape = Object.freeze({ kind: 'tested' })

function keys(values: readonly Value[]): Shape {
  return { kind: 'keys', values }
}

function range(low: number, lowOpen: boolean, high: number, highOpen: boolean): Shape {
  return { kind: 'range', range: { low, lowOpen, high, highOpen } }
}

const counts = new WeakMap<Items, ComputedOperand>()

/** How many items there are: what `some` asks to be at least one. */
function countOf(of: Items): ComputedOperand {
  let count = counts.get(of)
  if (count === undefined) counts.set(of, (count = Object.freeze({ get: 'count', of })))
  return count
}
