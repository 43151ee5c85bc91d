import { describe, expect, it } from 'vitest'
import { orderOfBatch } from '../../src/changes/batch-order.js'
import type { KnownNames } from '../../src/changes/batch-names.js'
import type { Change, ContactName } from '../../src/changes/change.js'
import { read } from './reading.js'

const put = (contact: ContactName): Change => read({ type: 'contact.put', contact })
const remove = (contact: ContactName): Change => read({ type: 'contact.remove', contact })
const tag = (...contacts: ContactName[]): Change => read({ type: 'tag.add', contacts, tags: 'x' })
const merge = (from: ContactName, into: ContactName): Change => read({ type: 'contact.merge', from, into })
const identify = (contact: ContactName, id: string): Change => read({ type: 'contact.identify', contact, ...chat(id) })
const define = (id: string, ...contacts: ContactName[]): Change => read({ type: 'segment.define', id, contacts })
const include = (segment: string, ...contacts: ContactName[]): Change =>
  read({ type: 'member.include', segment, contacts })
const drop = (segment: string): Change => read({ type: 'segment.remove', segment })
const chat = (id: string): { readonly channel: string; readonly id: string } => ({ channel: 'chat', id })

/** Ada is there, also as chat 1, and segment S. */
const known: KnownNames = {
  contact: (name) => ((typeof name === 'string' ? name === 'ada' : name.id === '1') ? 0 : undefined),
  segment: (id) => id === 'S',
}
const orderOf = (...changes: Change[]): readonly number[] => orderOfBatch(changes, known)

describe('the order of a batch', () => {
  it('is the given one where all is there', () => {
    expect(orderOf()).toEqual([])
    expect(orderOf(tag('ada'), put('bob'), tag(chat('1'), 'bob'), include('S', 'bob'), remove('bob'))).toEqual([
      0, 1, 2, 3, 4,
    ])
  })

  it('is the given one where what is missing never comes', () => {
    expect(orderOf(tag('bob'), include('T', 'ada'), tag(chat('2')), put('cyd'))).toEqual([0, 1, 2, 3])
  })

  it('lets a change wait for the contact, the identity or the segment that it names', () => {
    expect(orderOf(tag('bob'), tag('ada'), put('bob'), tag('ada'))).toEqual([1, 2, 0, 3])
    expect(orderOf(tag(chat('2')), identify('ada', '2'), tag('ada'))).toEqual([1, 0, 2])
    expect(orderOf(include('T', 'ada'), define('T'), tag('ada'))).toEqual([1, 0, 2])
    expect(orderOf(put(chat('2')), identify('ada', '2'))).toEqual([1, 0])
  })

  it('keeps those that wait for one in the given order', () => {
    expect(orderOf(tag('bob'), identify('bob', '2'), merge('bob', 'ada'), put('bob'))).toEqual([3, 0, 1, 2])
  })

  it('lets a change wait for all that it names', () => {
    expect(orderOf(merge('bob', 'cyd'), put('cyd'), tag('ada'), put('bob'), tag('ada'))).toEqual([1, 2, 3, 0, 4])
    expect(orderOf(include('T', 'bob', 'cyd'), put('cyd'), put('bob'), define('T'))).toEqual([1, 2, 3, 0])
    expect(orderOf(tag('bob', 'nobody', 'ada'), put('bob'))).toEqual([1, 0])
  })

  it('lets changes wait for those that wait themselves', () => {
    expect(orderOf(tag(chat('2')), identify('bob', '2'), put('bob'))).toEqual([2, 1, 0])
    expect(orderOf(define('T', 'bob'), include('T', 'ada'), put('bob'))).toEqual([2, 0, 1])
  })

  it('has, of those that are ready, the first given first', () => {
    // The definition brings what 0 waits for, and 2 was ready before it came.
    expect(orderOf(include('T', 'bob'), define('T', 'bob'), tag('bob'), put('bob'))).toEqual([3, 1, 0, 2])
  })

  it('goes by what is there at each point', () => {
    expect(orderOf(remove('ada'), tag('ada'), put('ada'))).toEqual([0, 2, 1])
    expect(orderOf(remove(chat('1')), tag('ada'), put('ada'))).toEqual([0, 2, 1])
    expect(orderOf(remove('ada'), tag(chat('1')), put('ada'), identify('ada', '1'))).toEqual([0, 2, 3, 1])
    expect(orderOf(drop('S'), include('S', 'ada'), define('S'))).toEqual([0, 2, 1])
    expect(orderOf(put('bob'), merge('ada', 'bob'), tag('ada'), remove('bob'), tag('ada'), put('ada'))).toEqual([
      0, 1, 2, 3, 5, 4,
    ])
  })

  it('lets a change wait again for what is taken away before its turn', () => {
    expect(orderOf(tag('bob'), remove('bob'), tag('bob'), put('bob'), tag('ada'), put('bob'))).toEqual([
      3, 0, 1, 4, 5, 2,
    ])
    expect(orderOf(tag('bob', 'cyd'), put('bob'), remove('bob'), put('cyd'), tag('ada'), put('bob'))).toEqual([
      1, 2, 3, 4, 5, 0,
    ])
  })

  it('ends with those that wait for each other, to be refused', () => {
    const circle = [identify(chat('2'), '3'), identify(chat('3'), '2'), tag(chat('3')), tag('ada')]
    expect(orderOf(...circle)).toEqual([3, 0, 1, 2])
    expect(orderOf(identify(chat('2'), '2'), tag('ada'))).toEqual([1, 0])
  })

  it('does not mistake an identity for an id', () => {
    expect(orderOf(tag('2'), identify('ada', '2'))).toEqual([0, 1])
    expect(orderOf(tag(chat('2')), put('2'))).toEqual([0, 1])
    expect(orderOf(include('bob', 'ada'), put('bob'))).toEqual([0, 1])
  })
})
