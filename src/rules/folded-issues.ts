import { errorOfIssues, show, type Issue, type Path } from '../base/errors.js'
import { formatInstant } from '../base/written-date.js'
import type { Rule } from './ast.js'
import { historyNeeds, type HistoryNeed } from './history-needs.js'
import { totalKey } from './kept-total.js'
import { windowEdges } from './windows.js'

/** What there is to know of the events of a type that were folded away. */
export interface FoldedType {
  /** Those before this instant were. */
  readonly before: number
  /** Whether the total of a key was kept. */
  keeps(key: string): boolean
}

/**
 * Checks that a rule needs no events that were folded away, asked at an instant or later.
 *
 * @param foldedOf what was folded of a type; undefined where nothing was.
 * @throws CoterieError `RULE_NEEDS_FOLDED`, with all places of the rule that need them.
 */
export function checkFolded(
  rule: Rule,
  asked: { readonly now: number; readonly timeZone: string },
  foldedOf: (type: string) => FoldedType | undefined,
  path: Path = [],
): void {
  const issues = historyNeeds(rule).flatMap((need): readonly Issue[] => {
    const folded = foldedOf(need.type)
    const lack = folded === undefined ? undefined : lackOf(need, folded, asked)
    if (folded === undefined || lack === undefined) return []
    const before = formatInstant(folded.before)
    return [
      {
        code: 'RULE_NEEDS_FOLDED',
        path: [...path, ...need.path],
        message: `The events ${show(need.type)} before ${before} were folded away, and ${lack}`,
        received: lack,
        expected: `a window that begins at ${before} or later, or a total that was kept`,
      },
    ]
  })
  const [first, ...more] = issues
  if (first !== undefined) throw errorOfIssues('The rule needs events that are gone', [first, ...more])
}

/** Why what is left is not enough; undefined where it is. */
function lackOf(
  need: HistoryNeed,
  folded: FoldedType,
  asked: { readonly now: number; readonly timeZone: string },
): string | undefined {
  const { before } = folded
  switch (need.needs) {
    case 'events':
      return need.because
    case 'window': {
      const begins = windowEdges(need.window, asked.timeZone).from.boundAt(asked.now)
      return begins < before ? `its window begins at ${formatInstant(begins)}` : undefined
    }
    case 'total':
      if (!folded.keeps(totalKey(need.of, need.value))) return 'no rule was there that had their total kept'
      return asked.now < before ? `it is asked about ${formatInstant(asked.now)}` : undefined
  }
}
