import { describe, expect, it } from 'vitest'
import { Readings } from '../../src/predicates/readings.js'
import { TagsAtHand } from '../../src/predicates/tags-at-hand.js'
import { TagStore } from '../../src/store/tag-store.js'
import { tag } from '../rules/asking.js'

// What is read of the contact at hand: numbers, once for all who ask, and tags.

function reader(): { readonly read: (ordinal: number) => number; readonly asked: number[] } {
  const asked: number[] = []
  const read = (ordinal: number): number => {
    asked.push(ordinal)
    return ordinal * 10
  }
  return { read, asked }
}

describe('numbers of the contact at hand', () => {
  it('are read once, when they are first asked for, and anew of the next contact', () => {
    const readings = new Readings()
    const [score, unused] = [reader(), reader()]
    const place = readings.retain('score', score.read)
    expect(readings.retain('score', unused.read)).toBe(place)
    readings.turnTo(3, 1)
    expect(score.asked).toEqual([])
    expect([readings.value(place), readings.value(place), score.asked]).toEqual([30, 30, [3]])
    readings.turnTo(4, 2)
    expect([readings.value(place), score.asked]).toEqual([40, [3, 4]])
    readings.turnTo(5, 1)
    readings.forget()
    expect([readings.value(place), score.asked, unused.asked]).toEqual([50, [3, 4, 5], []])
  })

  it('have a place as long as somebody asks, which is given to the next then', () => {
    const readings = new Readings()
    const [score, age] = [reader(), reader()]
    const place = readings.retain('score', score.read)
    readings.retain('score', score.read)
    readings.turnTo(1, 1)
    readings.value(place)
    readings.release(place)
    expect(readings.value(place)).toBe(10)
    readings.release(place)
    // Within the same turn: what was read for another is not theirs.
    expect(readings.retain('age', (ordinal) => age.read(ordinal) + 1)).toBe(place)
    expect([readings.value(place), age.asked]).toEqual([11, [1]])
    readings.turnTo(2, 2)
    readings.release(place)
    expect([readings.value(place), age.asked]).toEqual([NaN, [1]])
  })

  it('may be many', () => {
    const readings = new Readings()
    readings.turnTo(7, 1)
    const first = readings.retain('0', () => 0)
    expect(readings.value(first)).toBe(0)
    const places = Array.from({ length: 100 }, (_, n) => readings.retain(String(n), (ordinal) => ordinal + n))
    expect(new Set(places).size).toBe(100)
    expect(places.map((place) => readings.value(place))).toEqual([0, ...Array.from({ length: 99 }, (_, n) => n + 8)])
  })
})

describe('tags of the contact at hand', () => {
  const set = (store: TagStore, ordinal: number, name: string, has = true): void => {
    store.set(ordinal, name, has ? tag(name) : undefined)
  }

  it('are those it has when it is turned to', () => {
    const store = new TagStore()
    const tags = new TagsAtHand(store)
    set(store, 1, 'vip')
    set(store, 2, 'late')
    const [vip, late, never] = ['vip', 'late', 'never'].map((name) => tags.retain(name)) as [number, number, number]
    const asked = (ordinal: number): boolean[] => {
      tags.turnTo(ordinal)
      return [vip, late, never].map((place) => tags.has(place))
    }
    expect([asked(1), asked(2), asked(3)]).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, false],
    ])
    set(store, 1, 'never')
    set(store, 1, 'vip', false)
    expect([asked(1), asked(2)]).toEqual([
      [false, false, true],
      [false, true, false],
    ])
    set(store, 1, 'other')
    set(store, 1, 'vip')
    set(store, 2, 'late', false)
    expect([asked(1), asked(2)]).toEqual([
      [true, false, true],
      [false, false, false],
    ])
  })

  it('may be many, and come to be asked for while a contact is at hand', () => {
    const store = new TagStore()
    const tags = new TagsAtHand(store)
    const names = Array.from({ length: 100 }, (_, n) => `t${n}`)
    for (const name of names) set(store, 1, name)
    const first = tags.retain('t5')
    tags.turnTo(1)
    expect(tags.has(first)).toBe(true)
    const places = names.map((name) => tags.retain(name))
    tags.turnTo(1)
    expect(places.every((place) => tags.has(place))).toBe(true)
    tags.turnTo(2)
    expect(places.some((place) => tags.has(place))).toBe(false)
    for (const place of places) tags.release(place)
    set(store, 2, 'later')
    const later = tags.retain('later')
    // 't5' is asked for once more; the places of the others are given again.
    expect(places.filter((place) => place !== first)).toContain(later)
    tags.turnTo(2)
    expect([tags.has(later), tags.has(first)]).toEqual([true, false])
  })
})
