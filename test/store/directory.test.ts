import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OrdinalSet } from '../../src/base/ordinal-set.js'
import { Directory, type Identity } from '../../src/store/directory.js'
import { runs } from '../runs.js'

/*
 * 1. Ids, those of merged contacts and identities lead to whom they were given, until that contact is hidden; brought back, they do again.
 * 2. The order of contacts is that in which they were put, whatever ordinals they were given.
 * 3. An ordinal that was given away goes to the next contact; there are never more than contacts were there at once.
 * 4. Ids that were asked for by ordinal stay as they were.
 * 5. So it is in another one that it was saved to.
 */

/** A contact as it should be known. */
interface Known {
  readonly id: string
  readonly ordinal: number
  readonly aliases: string[]
  readonly identities: Identity[]
  bringBack: (() => void) | undefined
}

const ids = ['a', 'b', 'c', 'd', 'e', '__proto__']
const channels = ['mail', 'phone']

type Step =
  | { readonly do: 'add' | 'takeBack' | 'alias'; readonly id: string; readonly pick: number }
  | { readonly do: 'identify'; readonly id: string; readonly channel: string; readonly pick: number }
  | { readonly do: 'takeBackName'; readonly kind: 'aliases' | 'identities'; readonly pick: number }
  | { readonly do: 'hide' | 'bringBack' | 'release' | 'share' | 'reopen'; readonly pick: number }

const id = fc.constantFrom(...ids)
const pick = fc.nat(20)
const step = fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('add' as const, 'add' as const, 'alias' as const), id, pick }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('takeBack' as const), id, pick }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('identify' as const), id, channel: fc.constantFrom(...channels), pick }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('takeBackName' as const),
      kind: fc.constantFrom('aliases' as const, 'identities' as const),
      pick,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('hide' as const, 'hide' as const, 'bringBack' as const, 'release' as const, 'share' as const),
      pick,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), pick }) },
)

/** A directory beside what it should know. */
class Scene {
  directory = new Directory()
  /** In the order in which they were put. */
  known: Known[] = []
  readonly free: number[] = []
  end = 0
  readonly shared: (readonly [given: readonly (string | undefined)[], wanted: readonly (string | undefined)[]])[] = []

  get there(): readonly Known[] {
    return this.known.filter(({ bringBack }) => bringBack === undefined)
  }

  get hidden(): readonly Known[] {
    return this.known.filter(({ bringBack }) => bringBack !== undefined)
  }

  /** By id or the id of one merged into it. */
  named(name: string): Known | undefined {
    return this.there.find(({ id: own, aliases }) => own === name || aliases.includes(name))
  }

  do(one: Step): void {
    const { directory, there, hidden } = this
    const some = there[one.pick % Math.max(1, there.length)]
    const other = hidden[one.pick % Math.max(1, hidden.length)]
    switch (one.do) {
      case 'add':
      case 'takeBack': {
        // A hidden contact may come back, so its names are not free.
        if (this.named(one.id) !== undefined || hidden.length > 0) return
        const ordinal = directory.add(one.id)
        expect(ordinal).toBe(this.free.pop() ?? this.end)
        this.end = Math.max(this.end, ordinal + 1)
        this.known.push({ id: one.id, ordinal, aliases: [], identities: [], bringBack: undefined })
        if (one.do === 'add') return
        directory.takeBack(ordinal)
        this.known.pop()
        this.free.push(ordinal)
        return
      }
      case 'alias':
        if (some === undefined || hidden.length > 0 || this.named(one.id) !== undefined) return
        directory.alias(one.id, some.ordinal)
        some.aliases.push(one.id)
        return
      case 'identify': {
        const { channel, id: name } = one
        const isTaken = this.known.some(({ identities }) =>
          identities.some((identity) => identity.channel === channel && identity.id === name),
        )
        if (some === undefined || isTaken) return
        directory.identify(some.ordinal, channel, name)
        some.identities.push({ channel, id: name })
        return
      }
      case 'takeBackName':
        if (some === undefined || some[one.kind].length === 0) return
        directory.takeBackName(some.ordinal, one.kind)
        some[one.kind].pop()
        return
      case 'hide':
        if (some !== undefined) some.bringBack = directory.hide(some.ordinal)
        return
      case 'bringBack':
        other?.bringBack?.()
        if (other !== undefined) other.bringBack = undefined
        return
      case 'release':
        if (other === undefined) return
        directory.release(other.ordinal)
        this.known = this.known.filter((each) => each !== other)
        this.free.push(other.ordinal)
        return
      case 'share': {
        const given = directory.idsByOrdinal()
        this.shared.push([given, [...given]])
        return
      }
      case 'reopen': {
        if (hidden.length > 0) return
        const later = new Directory()
        // As JSON has it.
        const { ids: given, ...saved } = directory.save()
        later.load({ ...saved, ids: JSON.parse(JSON.stringify(given)) as typeof given })
        expect(later.save()).toEqual({
          ...directory.save(),
          names: saved.names.filter(({ aliases, identities }) => aliases.length + identities.length > 0),
        })
        directory.add('later')
        for (const { ordinal } of there) directory.hide(ordinal)
        this.directory = later
      }
    }
  }

  check(): void {
    const { directory, there, known } = this
    expect([directory.count, directory.present.count, directory.end]).toEqual([there.length, there.length, this.end])
    for (const name of ids) {
      const wanted = this.named(name)?.ordinal
      expect(directory.ordinalOf(name)).toBe(wanted)
      for (const channel of channels) {
        const owner = there.find(({ identities }) =>
          identities.some((identity) => identity.channel === channel && identity.id === name),
        )
        expect(directory.ordinalOfIdentity(channel, name)).toBe(owner?.ordinal)
      }
      for (let ordinal = 0; ordinal <= this.end; ordinal += 1)
        expect(directory.isAt(ordinal, name)).toBe(there.some((one) => one.id === name && one.ordinal === ordinal))
    }
    for (let ordinal = 0; ordinal <= this.end; ordinal += 1) {
      const one = known.find((each) => each.ordinal === ordinal)
      expect([directory.has(ordinal), directory.idOf(ordinal)]).toEqual([one !== undefined, one?.id ?? ''])
      expect(directory.present.has(ordinal)).toBe(one !== undefined && one.bringBack === undefined)
      const { aliases = [], identities = [] } = one?.bringBack === undefined ? (one ?? {}) : {}
      expect(directory.namesOf(ordinal)).toEqual({ aliases, identities })
    }
    expect(directory.placeOf(this.end)).toBe(-1)
    const order = known.map(({ ordinal }) => ordinal)
    const thereInOrder = there.map(({ ordinal }) => ordinal)
    const places = order.map((ordinal) => directory.placeOf(ordinal))
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
    expect(directory.inOrder()).toEqual(order)
    expect(directory.inOrderOf(directory.present)).toEqual(thereInOrder)
    for (const most of [0, 1, 2, there.length, there.length + 1])
      expect(directory.firstOf(directory.present, most)).toEqual(thereInOrder.slice(0, most))
    for (const [given, wanted] of this.shared) expect(given).toEqual(wanted)
  }
}

describe('a directory', () => {
  it('leads from names to contacts', () => {
    const property = fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const scene = new Scene()
      for (const one of steps) {
        scene.do(one)
        scene.check()
      }
    })
    fc.assert(property, { numRuns: runs(100) })
  })

  it('copies ids by ordinal once for all that is written after they were asked for', () => {
    const directory = new Directory()
    directory.add('a')
    const given = directory.idsByOrdinal()
    expect(directory.idsByOrdinal()).toBe(given)
    directory.add('b')
    const later = directory.idsByOrdinal()
    expect([given, later]).toEqual([['a'], ['a', 'b']])
    expect(later).not.toBe(given)
  })

  it('tells the first of some in the order in which they were put, not of their ordinals', () => {
    const directory = new Directory()
    const [a, b, c] = ['a', 'b', 'c'].map((name) => directory.add(name)) as [number, number, number]
    const all = new OrdinalSet()
    for (const ordinal of [a, b, c]) all.add(ordinal)
    expect(directory.firstOf(all, 2)).toEqual([a, b])
    directory.hide(a)
    directory.release(a)
    expect(directory.add('d')).toBe(a)
    expect([directory.firstOf(all, 2), directory.inOrder()]).toEqual([
      [b, c],
      [b, c, a],
    ])
    const later = new Directory()
    later.load(directory.save())
    expect([later.firstOf(all, 2), later.inOrder(), later.add('e')]).toEqual([[b, c], [b, c, a], 3])
  })

  it('gives the place of one that was taken back to the next', () => {
    const directory = new Directory()
    const places = ['a', 'b'].map((name) => directory.placeOf(directory.add(name)))
    directory.takeBack(directory.ordinalOf('b') ?? -1)
    expect([...places, directory.placeOf(directory.add('c')), directory.placeOf(directory.add('d'))]).toEqual([
      0, 1, 1, 2,
    ])
  })

  it('knows in another one which ordinals nobody has', () => {
    const directory = new Directory()
    for (const name of ['a', 'b', 'c', 'd']) directory.add(name)
    for (const ordinal of [1, 0]) {
      directory.hide(ordinal)
      directory.release(ordinal)
    }
    for (const ids of [directory.save().ids, [null, null, 'c', 'd']]) {
      const later = new Directory()
      later.load({ ...directory.save(), ids })
      expect([later.count, later.present.has(0), later.has(1), later.ordinalOf('null')]).toEqual([
        2,
        false,
        false,
        undefined,
      ])
      expect([later.inOrder(), later.add('e'), later.add('f'), later.add('g'), later.inOrder()]).toEqual([
        [2, 3],
        0,
        1,
        4,
        [2, 3, 0, 1, 4],
      ])
    }
  })
})
