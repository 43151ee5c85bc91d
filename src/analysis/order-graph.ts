import type { Literal } from './solver.js'

/** That one thing is at most another, or less, because of some literals. */
export interface Arrow {
  readonly to: string
  readonly isStrict: boolean
  readonly because: readonly Literal[]
}

/** Arrows by where they begin. */
export type Graph = Map<string, Arrow[]>

/** Puts an arrow into a graph. */
export function arrow(graph: Graph, from: string, to: Arrow): void {
  const known = graph.get(from)
  if (known === undefined) graph.set(from, [to])
  else known.push(to)
}

/** The reasons of circles with a strict arrow in them, a few at most. */
export function strictCircles(graph: Graph, most: number): (readonly Literal[])[] {
  const found: (readonly Literal[])[] = []
  for (const [from, arrows] of graph) {
    for (const { to, isStrict, because } of arrows) {
      const back = isStrict && because.length > 0 ? wayTo(graph, to, from) : undefined
      if (back !== undefined) found.push([...because, ...back])
      if (found.length === most) return found
    }
  }
  return found
}

/** The reasons of the arrows on a shortest way; undefined where there is no way. */
export function wayTo(graph: Graph, from: string, to: string): readonly Literal[] | undefined {
  const cameBy = new Map<string, { readonly from: string; readonly because: readonly Literal[] }>()
  const waiting = [from]
  for (const place of waiting) {
    if (place === to) break
    for (const { to: next, because } of graph.get(place) ?? []) {
      if (next === from || cameBy.has(next)) continue
      cameBy.set(next, { from: place, because })
      waiting.push(next)
    }
  }
  if (from !== to && !cameBy.has(to)) return undefined
  const reasons: Literal[] = []
  for (let place = to; place !== from;) {
    const step = cameBy.get(place)
    if (step === undefined) return undefined
    reasons.push(...step.because)
    place = step.from
  }
  return reasons
}
