/*
 * Mutants that no test can notice, and why: they do the same by another way. They are counted out of the score; `run.ts` fails on
 * one that is noticed, or not there any more.
 */

/** Mutants of one line. */
export interface Equivalent {
  /** In `src`. */
  readonly file: string
  /** A piece of the line that they are in. */
  readonly line: string
  /** What stands there instead, in whole, of each of them; as Stryker writes it, with single spaces. */
  readonly mutants: readonly string[]
  readonly why: string
}

const of = (
  why: string,
  ...places: readonly (readonly [file: string, line: string, ...mutants: readonly string[]])[]
): readonly Equivalent[] => places.map(([file, line, ...mutants]) => ({ file, line, mutants, why }))

export const equivalents: readonly Equivalent[] = [
  ...of(
    'No rows are moved, or rows to where they are.',
    [
      'store/runs.ts',
      'if (to !== from && place > 0) move(from, to, place)',
      'true',
      'to !== from || place > 0',
      'place >= 0',
    ],
    ['store/runs.ts', 'if (place < count) move(', 'true', 'place <= count'],
    ['store/runs.ts', 'if (place < left) move(', 'true', 'place <= left'],
  ),
  ...of('What is written beyond the last row is in room that nobody reads, or beyond an array, which ignores it.', [
    'store/runs.ts',
    'for (let place = 0; place < count; place += 1) rows[end + place]',
    'place <= count',
  ]),
  ...of(
    'At the very bound both ways give the same, or one is a little sooner.',
    ['store/runs.ts', 'return this.#end > smallTable', 'this.#end >= smallTable', 'this.#freeRows * 4 >= this.#end'],
    ['store/runs.ts', 'if (owners <= has) return', 'owners < has'],
    ['store/runs.ts', 'if (count <= 4) return count', 'count < 4'],
  ),
  ...of('Room for nothing may wait, and nobody asks for it.', ['store/runs.ts', 'if (room === 0) return', 'false']),
  ...of(
    'It costs more time or room, or less, and the outcome is the same: what a shortcut would have found is found the long way, a list is copied or sorted that need not be, rows are packed more or less often.',
    ['store/text-ends.ts', 'const roomy = code < words.length', 'false'],
    ['store/text-ends.ts', 'if (roomy !== words)', 'true'],
    ['store/text-ends.ts', 'for (let code = 0; code < end; code++)', 'code <= end'],
    [
      'store/text-ends.ts',
      'if (affix.length > 4 * mostWords',
      'true',
      'affix.length >= 4 * mostWords',
      '4 / mostWords',
    ],
    ['store/text-ends.ts', 'if (truths[code + 1] === 0) continue', 'false'],
    ['store/text-ends.ts', 'if (known >= needed) return', 'false', 'known > needed'],
    ['store/text-ends.ts', 'for (let place = 0; place < text.length; place++)', 'place <= text.length', 'true'],
    ['store/text-ends.ts', 'return false', 'true'],
    ['store/event-ids.ts', 'if (count > few &&', 'false', 'true', 'count >= few', 'count <= few'],
    ['store/event-ids.ts', 'if (index !== undefined) return index', 'false'],
    ['store/column.ts', 'else if (this.#shape !== mixed) this.#mix()', 'true'],
    ['store/column.ts', 'if (rows <= has) return', 'rows < has'],
    ['store/text-dictionary.ts', "if (typeof known === 'object') return", 'false', '""'],
    ['store/text-dictionary.ts', 'if (this.#texts.length < many)', 'this.#texts.length <= many'],
    ['store/text-dictionary.ts', 'if (this.#codes.size === 0) this.#ends.first =', 'false'],
    ['store/event-table.ts', 'if (event.arrival > mostNarrowArrivals)', 'true', 'event.arrival >= mostNarrowArrivals'],
    ['store/event-table.ts', 'if (arrivals instanceof Float64Array)', 'true'],
    ['store/event-table.ts', 'if (this.#arrivals.all instanceof Float64Array) return', 'false'],
    ['store/event-table.ts', 'if (this.#runs.isLoose) this.#pack()', 'true', 'false'],
    ['store/event-table.ts', 'while (row < end && this.instantAt(row) === event.at', 'true'],
    ['store/history.ts', 'if (table === undefined || table.countOf(ordinal) === 0)', 'false'],
    [
      'store/history.ts',
      'if ((this.#oldest.get(type) ?? Infinity) >= before)',
      'false',
      '(this.#oldest.get(type) ?? Infinity) > before',
    ],
    ['store/history.ts', 'if (earliest === Infinity) this.#oldest.delete(type)', 'false'],
    [
      'store/history.ts',
      'if (event.at < (this.#oldest.get(event.type)',
      'event.at <= (this.#oldest.get(event.type) ?? Infinity)',
    ],
    ['store/directory.ts', '#idsShared = false', 'true'],
    ['store/directory.ts', '#isInOrder = true', 'false'],
    ['store/directory.ts', 'if (this.isAt(this.#asked, id))', 'false'],
    [
      'store/directory.ts',
      'if (ordinal !== undefined) this.#asked = ordinal',
      'true',
      'false',
      'ordinal === undefined',
    ],
    [
      'store/directory.ts',
      'if (set.count <= most || !this.#isInOrder)',
      'true',
      'false',
      'set.count < most',
      'set.count > most',
    ],
    ['store/directory.ts', 'set.forEachWhile((ordinal) => first.length < most', 'first.push(ordinal) <= most'],
    [
      'store/directory.ts',
      'if (ordinal < this.#ids.length - 1) this.#isInOrder = false',
      'true',
      'ordinal <= this.#ids.length - 1',
    ],
    ['store/directory.ts', 'let last = -1', '+1'],
    ['store/directory.ts', 'if (place < last) this.#isInOrder = false', 'true', 'place <= last', 'place >= last'],
    ['store/directory.ts', 'if (this.#idsShared) {', 'true'],
    ['store/folded-totals.ts', 'if (ordinal >= has) this.#rows = grown(', 'true'],
    ['store/tag-store.ts', 'if (this.#runs.isLoose) this.#pack()', 'true', 'false'],
    ['store/tag-store.ts', 'pack(): void {', '{}'],
    ['store/tag-store.ts', 'if (code < 0) return -1', 'false'],
    [
      'store/tag-store.ts',
      'if (holder !== undefined && others.length === 0',
      'false',
      'true',
      'holder === undefined',
      '{}',
    ],
  ),
  ...of(
    'A list in JavaScript is as long as what is written into it; to make it so before only keeps it a quick one.',
    [
      'store/event-ids.ts',
      'reach(ids, Math.max(from, to) + count)',
      'Math.max(from, to) - count',
      'Math.min(from, to)',
    ],
    ['store/event-ids.ts', 'function reach', '{}'],
    ['store/event-ids.ts', 'while (ids.length < length)', 'false', 'ids.length <= length'],
  ),
  ...of('The index of a contact without ids is one that knows none of them.', [
    'store/event-ids.ts',
    'if (index?.delete(id) === true && index.size === 0)',
    'true',
    'false',
    'index.size !== 0',
  ]),
  ...of(
    'Of a bit only the last place counts, and an affix with units that have no byte is asked of each text anyway.',
    ['store/text-ends.ts', '& +(differs === 0)', '-(differs === 0)'],
    ['store/text-ends.ts', 'const many = Math.min(4,', 'text.length + 4 * place'],
    ['store/text-ends.ts', 'word |= (unit < wide ? unit : wide)', 'true', 'unit <= wide'],
  ),
  ...of(
    'A typed array gives nothing beyond its end and ignores what is written there, and that of the types is empty while there is one type.',
    ['store/column.ts', 'if (shape === text) return row < this.#codes.length &&', 'true', 'row <= this.#codes.length'],
    ['store/column.ts', 'return this.#shape === mixed && this.#types[row] === text', 'true'],
    ['store/column.ts', 'if (this.#shape === mixed) this.#types[row] = type', 'true'],
    ['store/column.ts', 'if (this.#shape === mixed) this.#types.copyWithin(', 'true'],
    ['store/column.ts', 'if (this.#shape === mixed) this.#types.fill(', 'true'],
    ['store/column.ts', 'if (this.#shape === mixed) this.#types[row] = missingCode', 'true'],
    ['store/column.ts', 'for (let row = 0; row < rows; row += 1) types[row]', 'row <= rows'],
    ['store/column.ts', 'for (let row = 0; row < rows.length; row += 1)', 'row <= rows.length'],
  ),
  ...of(
    'Where rows stay, or there is no list, nothing is done either way; where there is a list there is a map of them.',
    ['store/column.ts', 'if (to > from) this.#forget(', 'to >= from'],
    ['store/column.ts', 'for (const [row, value] of lists) this.#lists?.set(', 'this.#lists.set'],
    ['store/column.ts', 'if (type === list) this.#lists?.delete(row)', 'true', 'this.#lists.delete'],
    ['store/column.ts', 'if (lists.length > 0) this.#lists = new Map(', 'true', 'lists.length >= 0'],
  ),
  ...of(
    'What is not there is `undefined` anyway, and what is only told apart from that may be called anything.',
    ['store/text-dictionary.ts', 'readonly #ends: {', '{}'],
    ['store/text-dictionary.ts', "this.#ends[end] = 'asked'", '""'],
  ),
  ...of(
    'Of a contact without events the first row and the one behind the last are the same, and beyond the last contact nobody has any.',
    ['store/event-table.ts', 'if (this.#runs.countOf(ordinal) === 0) return 0', 'false'],
    [
      'store/event-table.ts',
      'for (let ordinal = 0; ordinal < this.#runs.counts.length',
      'ordinal <= this.#runs.counts.length',
    ],
    ['store/event-table.ts', 'if (many === 0) return', 'false'],
  ),
  ...of(
    'No event has the id `undefined`.',
    ['store/event-table.ts', 'if (event.id !== undefined) this.#ids.add(', 'true'],
    ['store/event-table.ts', 'return id === undefined ? place', 'false'],
  ),
  ...of(
    'Nothing has such a name, stands at such a place, or is missing there.',
    [
      'store/directory.ts',
      'for (let ordinal = 0; ordinal < this.#ids.length; ordinal += 1)',
      'ordinal <= this.#ids.length',
    ],
    ['store/directory.ts', 'for (const alias of names?.aliases', '["Stryker was here"]'],
    [
      'store/directory.ts',
      'for (const identity of names?.identities',
      '["Stryker was here"]',
      'this.#identities.get(identity.channel).delete',
    ],
    ['store/directory.ts', 'if (alias !== undefined) this.#ordinals.delete(alias)', 'true'],
    ['store/directory.ts', 'if (identity !== undefined)', 'true', 'this.#identities.get(identity.channel).delete'],
    ['store/directory.ts', 'const place = places[ordinal] ?? -1', '+1'],
    ['store/tag-store.ts', 'for (let ordinal = 0; ordinal < counts.length', 'ordinal <= counts.length'],
    ['store/tag-store.ts', 'for (let row = start; row < start +', 'sets[tags[row] as number].add'],
    ['store/tag-store.ts', 'if (row >= 0) this.#clear(', 'true'],
    ['store/tag-store.ts', 'const kept = this.#heldBy.at(row) === beside', 'true', 'this.#beside.get(ordinal).get'],
    ['store/tag-store.ts', 'if (kept?.delete(this.#names.text(', 'kept.delete'],
    ['store/tag-store.ts', 'if (contacts?.delete(ordinal) === true', 'contacts.delete'],
    ['store/holder-codes.ts', 'const code = this.#texts.retain(', '"Stryker was here!"'],
    ['store/holder-codes.ts', 'if (!this.#holders.has(code)) this.#holders.set(', 'true'],
    ['store/folded-history.ts', 'return type === undefined || held === undefined', 'false'],
    [
      'store/folded-history.ts',
      'const ends = first === undefined || last === undefined',
      'false',
      'first === undefined && last === undefined',
    ],
  ),
]
