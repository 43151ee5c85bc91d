import { lowerCase } from '../../src/base/text.js'

/** A pattern as its author would think of it. A member of a class is a range or the name of a class, as `\\d`. */
export type Tree =
  | { kind: 'literal'; character: string }
  | { kind: 'any' | 'start' | 'end' }
  | { kind: 'class'; negated: boolean; members: (string | { from: string; to: string })[] }
  | { kind: 'sequence'; parts: Tree[] }
  | { kind: 'choice'; branches: Tree[] }
  | { kind: 'repeat'; part: Tree; least: number; most: number }

/** The pattern in its language, with a group wherever one could be needed. */
export function printTree(tree: Tree): string {
  switch (tree.kind) {
    case 'literal':
      return printCharacter(tree.character)
    case 'any':
      return '.'
    case 'start':
      return '^'
    case 'end':
      return '$'
    case 'class':
      return `[${tree.negated ? '^' : ''}${tree.members.map(printMember).join('')}]`
    case 'sequence':
      return tree.parts.map((part) => (part.kind === 'choice' ? `(${printTree(part)})` : printTree(part))).join('')
    case 'choice':
      return tree.branches.map((branch) => `(?:${printTree(branch)})`).join('|')
    case 'repeat':
      return `(${printTree(tree.part)})${printCounts(tree.least, tree.most)}`
  }
}

function printCharacter(character: string): string {
  if (character === '\n') return '\\n'
  return /[\\.*+?|(){}[\]^$-]/.test(character) ? `\\${character}` : character
}

function printMember(member: string | { from: string; to: string }): string {
  if (typeof member === 'string') return member
  const from = printCharacter(member.from)
  return member.from === member.to ? from : `${from}-${printCharacter(member.to)}`
}

function printCounts(least: number, most: number): string {
  if (most === Infinity) return ['*', '+'][least] ?? `{${least},}`
  if (least === 0 && most === 1) return '?'
  return least === most ? `{${least}}` : `{${least},${most}}`
}

/** Every character that has the same lower case as another, of those that the tests use. */
const others = ['a', 'A', 'b', 'B', 'k', 'K', '\u212a', 'i', 'I', 'İ', 'Σ', 'σ', 'ς', 'é', 'É']

/** Whether the pattern is found in `text`, by the sets of places at which each part can end. */
export function findsNaively(tree: Tree, text: string, ignoreCase: boolean): boolean {
  const characters = Array.from(text)
  const takes = (part: Tree, character: string): boolean => {
    if (!ignoreCase) return isOneOf(part, character)
    const alike = [character, ...others].filter((other) => lowerCase(other) === lowerCase(character))
    return alike.some((other) => isOneOf(part, other))
  }
  const endsOf = (part: Tree, from: ReadonlySet<number>): Set<number> => {
    switch (part.kind) {
      case 'start':
        return new Set([...from].filter((place) => place === 0))
      case 'end':
        return new Set([...from].filter((place) => place === characters.length))
      case 'sequence':
        return part.parts.reduce((places, each) => endsOf(each, places), new Set(from))
      case 'choice':
        return new Set(part.branches.flatMap((branch) => [...endsOf(branch, from)]))
      case 'repeat': {
        const ends = new Set<number>()
        let places = new Set(from)
        const most = Math.min(part.most, part.least + characters.length + 1)
        for (let times = 0; times <= most; times++) {
          if (times >= part.least) for (const place of places) ends.add(place)
          places = endsOf(part.part, places)
        }
        return ends
      }
      default: {
        const next = [...from].filter((place) => place < characters.length && takes(part, characters[place] as string))
        return new Set(next.map((place) => place + 1))
      }
    }
  }
  return endsOf(tree, new Set(characters.keys()).add(characters.length)).size > 0
}

function isOneOf(tree: Tree, character: string): boolean {
  if (tree.kind === 'any') return true
  if (tree.kind === 'literal') return tree.character === character
  if (tree.kind !== 'class') throw new Error(`${tree.kind} takes no character`)
  const codePoint = (of: string): number => of.codePointAt(0) as number
  const held = tree.members.some((member) =>
    typeof member === 'string'
      ? new RegExp(member).test(character)
      : codePoint(member.from) <= codePoint(character) && codePoint(character) <= codePoint(member.to),
  )
  return held !== tree.negated
}
