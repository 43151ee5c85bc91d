import type { RetaggingInput } from '../engine/tag-catalogue-face.js'
import type { Change } from '../changes/change.js'
import type { AnyEngine } from '../population/any-engine.js'
import { quoted, refusedFix, type Fix } from './finding.js'
import type { KnownTags } from './known-tags.js'

/** What can be told of a renaming, merging or deletion before it is done. */
export type Retags = Extract<Change, RetaggingInput>

/**
 * A renaming, merging or deletion as a fix: with `force` only where the engine asks for it, and no fix at all where it would
 * refuse it.
 */
export function retagFix(engine: Pick<AnyEngine, 'tags'>, change: Retags, loses?: string): Fix {
  const { catalogue } = engine.tags
  const refused = catalogue.refusal(change)
  const loss = loses === undefined ? undefined : { loses }
  if (refused === undefined) return { fix: [Object.freeze(change)], ...loss }
  if (refused.code !== 'TAG_READ_LOOSELY') return refusedFix(refused)
  const forced: Retags = Object.freeze({ ...change, force: true })
  const still = catalogue.refusal(forced)
  return still === undefined ? { fix: [forced], ...loss } : refusedFix(still)
}

/** The deletion of a tag as a fix, which says what goes with it. */
export function deletion(engine: Pick<AnyEngine, 'tags'>, known: KnownTags, tag: string): Fix {
  return retagFix(engine, { type: 'tag.delete', tags: Object.freeze([tag]) }, lossOf(engine, known, tag))
}

/** What a deletion of a tag takes away for good, in words. */
function lossOf(engine: Pick<AnyEngine, 'tags'>, { countOf, use }: KnownTags, tag: string): string | undefined {
  const count = countOf(tag)
  const asking = use.namedBy(tag)
  const isDescribed = Object.keys(engine.tags.catalogue.get(tag) ?? {}).length > 1
  const parts = [
    ...(count === 0 ? [] : [`who has it: ${String(count)} ${count === 1 ? 'contact' : 'contacts'}`]),
    ...(asking.length === 0 ? [] : [`what is asked of it in ${quoted(asking)}`]),
    ...(isDescribed ? ['what is said of it in the catalogue'] : []),
  ]
  return parts.length === 0 ? undefined : parts.join('; ')
}
