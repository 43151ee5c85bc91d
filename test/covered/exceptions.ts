/*
 * Branches of the core that no test takes, and why. What stands behind `??` is not listed: where it is never reached, it is what
 * TypeScript wants to know of an index that is always there (`noUncheckedIndexedAccess`), and `rooms.ts` counts it by itself.
 */

/** A branch that no test takes. */
export interface Exception {
  /** In `src`. */
  readonly file: string
  /** A piece of the line that it is in. */
  readonly line: string
  readonly why: string
}

const of = (why: string, ...places: readonly (readonly [file: string, line: string])[]): readonly Exception[] =>
  places.map(([file, line]) => ({ file, line, why }))

export const exceptions: readonly Exception[] = [
  ...of(
    'What is always so, and TypeScript cannot see: one of two fields is there, a list is not empty, a name was found before.',
    ['base/chunked-set.ts', 'else if (this.#list !== undefined) this.#insert'],
    ['base/zone-offsets.ts', 'if (day === undefined || hour === undefined'],
    ['changes/batch-order.ts', 'change === undefined'],
    ['contacts/contact-view.ts', 'if (folded === undefined) return undefined'],
    ['contacts/record.ts', 'if (a === undefined || b === undefined) return a === b'],
    ['engine/core.ts', 'if (change !== undefined) outcomes[place] ='],
    ['engine/defined-moves.ts', 'rule === undefined ? new OrdinalSet()'],
    ['engine/settle.ts', 'if (segment !== undefined) candidates.add'],
    ['engine/segment-time.ts', 'if (referred !== undefined) found.add(referred)'],
    ['engine/segment-time.ts', 'segment.rule === undefined ? standing(false)'],
    ['engine/questions.ts', 'if (referred !== undefined) found.add(referred)'],
    ['engine/questions.ts', 'if (damping === undefined) return after'],
    ['engine/questions.ts', 'segment === undefined ? undefined : timedMembership'],
    ['engine/settle-tags.ts', 'if (unit === undefined) return undefined'],
    ['engine/tag-preview.ts', 'if (unit === undefined) return'],
    ['engine/segment-handle.ts', 'if (id !== undefined) yield id'],
    ['predicates/contact-test.ts', 'if (first === undefined) return () => true'],
    ['predicates/cut-index.ts', 'if (place >= 0) this.#cuts.splice'],
    ['predicates/key-index.ts', 'if (waiting === undefined) continue'],
    ['predicates/leaf-index.ts', 'if (alone === undefined) return'],
    ['predicates/leaf-index.ts', 'if (subject === undefined) return'],
    ['predicates/window-clock.ts', 'if (moves !== undefined) this.#eventStreams'],
    ['segments/dependency-order.ts', 'at === undefined ? path'],
    ['segments/segment.ts', "if (rule === undefined) return ['rule']"],
    ['selection/group-scans.ts', 'if (first === undefined) throw new RangeError'],
    ['selection/value-test.ts', "if (typeof right !== 'string' || test === undefined)"],
    ['store/directory.ts', 'if (alias !== undefined)'],
    ['store/directory.ts', 'if (identity !== undefined)'],
    ['store/folded-history.ts', 'first === undefined || last === undefined ? undefined'],
    ['tags/tag-trail.ts', 'if (kept !== undefined) Object.assign'],
  ),
  ...of(
    'What reports an error without an issue, were there one: nothing was read, and so something was reported before.',
    ['changes/read-change.ts', 'if (change === undefined) throw new CoterieError'],
    ['contacts/read-contact.ts', 'if (contact === undefined) throw new CoterieError'],
  ),
  ...of(
    'What a rule that was read always is: limits of a step are exact, and one that must not come has one; a condition on an event asks for no segment. What was refused is refused in full: a pattern with its place, the rule of a segment with an issue.',
    ['rules/moves.ts', "limit.kind === 'exact' ?"],
    ['rules/sequence.ts', "duration.kind === 'exact' ?"],
    ['rules/sequence.ts', 'within === undefined ? Infinity : ms(within))'],
    ['rules/read-field.ts', '...(expected === undefined'],
    ['rules/read-field.ts', '...(received === undefined'],
    ['rules/read-field.ts', '...(position === undefined'],
    ['rules/segment-rules.ts', '? error'],
    ['selection/event-rows.ts', "case 'inSegment':"],
  ),
  ...of('What goes on or ends a run can be refused only where there is something to do instead.', [
    'engine/turn-maker.ts',
    'if (instead.length > 0)',
  ]),
  ...of(
    'Errors that are not the library’s own are bugs, and go on.',
    ['engine/cascade.ts', 'if (!isCoterieError(error)) throw error'],
    ['engine/turn-maker.ts', 'if (!isCoterieError(cause)) throw cause'],
    ['engine/tag-refusal.ts', 'if (isCoterieError(error)) return error'],
    ['rules/read-field.ts', 'if (!isCoterieError(error)) throw error'],
    ['rules/segment-rules.ts', 'if (!isCoterieError(error)) throw error'],
  ),
  ...of(
    'A switch over a union whose every case is there; the default tells TypeScript so.',
    ['engine/apply-change.ts', 'default:'],
    ['rules/read-field.ts', 'default: {'],
    ['rules/json-schema-fields.ts', 'default: {'],
    ['selection/value-test.ts', 'default:'],
    ['predicates/event-edges.ts', 'default:'],
  ),
  ...of(
    'After four thousand million turns a counter begins anew.',
    ['predicates/tags-at-hand.ts', 'if (this.#mark > 0xffffffff)'],
    ['predicates/truths.ts', 'if (this.#turn > 0xffffffff)'],
  ),
]
