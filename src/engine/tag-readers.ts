import type { Path } from '../base/errors.js'
import type { Rule } from '../rules/ast.js'
import { looseTagReads } from '../rules/loose-tag-reads.js'
import { tagsNamed } from '../rules/retag.js'
import type { EngineState } from './state.js'

/** Who reads a tag, and how. */
export interface TagReader {
  /** What the rule belongs to. */
  readonly in: 'segment' | 'automation'
  /** Its id. */
  readonly id: string
  /**
   * How it reads: by the tag's name, by a pattern that it fits, by how many tags there are, or by who holds it; `holds` where a segment
   * holds it, `steps` where an automation is triggered by it, puts it on or takes it off.
   */
  readonly by: 'name' | 'pattern' | 'number' | 'holder' | 'holds' | 'steps'
  /** The place in its rule, or after `stay` in that by which members stay; by name, or where it holds the tag, none. */
  readonly path?: Path
}

/** A live rule, and whose it is. */
interface LiveRule {
  readonly in: TagReader['in']
  readonly id: string
  /** Of a segment with two rules that of which they are the parts. */
  readonly rule: Rule
  /** Where it stands, of several that one has. */
  readonly path?: Path
  /** The place in what it belongs to of a place in this rule. */
  readonly placeOf: (path: Path) => Path
}

/** Every live rule, in the order in which their owners were defined. */
export function* liveRules({ segments, automation }: EngineState): Iterable<LiveRule> {
  for (const segment of segments.all()) {
    const { id, watched: rule } = segment
    if (rule !== undefined) yield { in: 'segment', id, rule, placeOf: (path) => segment.placeOf(path) }
  }
  for (const { id, path, rule } of automation?.rules() ?? [])
    yield { in: 'automation', id, rule, path, placeOf: (inside) => [...path, ...inside] }
}

/** The rules that name one of several tags, and the segments that hold one. */
export function readersByName(state: EngineState, tags: ReadonlySet<string>): readonly TagReader[] {
  const readers = [...liveRules(state)]
    .filter(({ rule }) => [...tagsNamed(rule)].some((tag) => tags.has(tag)))
    .map(({ in: owner, id, path }): TagReader => ({
      in: owner,
      id,
      by: 'name',
      ...(path === undefined ? undefined : { path }),
    }))
  const holders = state.segments
    .all()
    .filter(({ holds }) => holds !== undefined && tags.has(holds.tag))
    .map(({ id }): TagReader => ({ in: 'segment', id, by: 'holds' }))
  const steps = (state.automation?.naming(tags) ?? []).map((id): TagReader => ({ in: 'automation', id, by: 'steps' }))
  return [...readers, ...holders, ...steps]
}

/** How a retagging looks to rules that read by pattern, number or holder. */
export interface LooseQuestion {
  /** Whether a pattern tells the tags before from the tag after. */
  pattern(fits: (tag: string) => boolean): boolean
  /** Whether the number of somebody's tags can change. */
  readonly number: boolean
  /** Whether who holds a tag can change, but by its name. */
  holder(tag: string): boolean
}

/** The places in rules that read tags by pattern, number or holder and would see a difference. */
export function looseReaders(state: EngineState, question: LooseQuestion): readonly TagReader[] {
  return [...liveRules(state)].flatMap(({ in: owner, id, rule, placeOf }) =>
    looseTagReads(rule)
      .filter(({ by, tag = '', fits }) => {
        if (by === 'number') return question.number
        return by === 'pattern' ? question.pattern(fits) : question.holder(tag)
      })
      .map(({ by, path }): TagReader => ({ in: owner, id, by, path: placeOf(path) })),
  )
}

/** All who read a tag, those that name it first. */
export function readersOf(state: EngineState, tag: string): readonly TagReader[] {
  const loose = looseReaders(state, {
    pattern: (fits) => fits(tag),
    number: true,
    holder: (named) => named === tag,
  })
  return Object.freeze([...readersByName(state, new Set([tag])), ...loose])
}
