import { CoterieError, type CauseKind, type TagEvent, type Transition } from 'coterie'
import { describe, expect, it } from 'vitest'
import { eventNames, Listeners, type ListenerFilter } from '../../src/delivery/listeners.js'

function transition(parts: Partial<Transition> = {}, kind: CauseKind = 'tag'): Transition {
  return { seq: 1, type: 'enter', segmentId: 's', contactId: 'ada', at: 0, cause: { revision: 1, kind }, ...parts }
}

function tagEvent(parts: Partial<TagEvent> = {}): TagEvent {
  const cause = { revision: 1, kind: 'tag' as const }
  return { type: 'added', tag: 'vip', contactId: 'ada', at: 0, holder: { kind: 'person' }, cause, ...parts }
}

/** Whether a listener of an event with a filter hears what is told. */
function hears(event: (typeof eventNames)[number], filter: ListenerFilter, told: Transition | TagEvent): boolean {
  const listeners = new Listeners()
  let heard = false
  listeners.add(event, filter, () => void (heard = true))
  const isTag = 'tag' in told
  listeners.tell(isTag ? [told] : [], isTag ? [] : [told], (listener, given) => {
    listener.hear(given)
  })
  return heard
}

describe('listeners', () => {
  it('can hear of five things', () => {
    expect(eventNames).toEqual(['enter', 'exit', 'transition', 'tag', 'error'])
    expect(Object.isFrozen(eventNames)).toBe(true)
  })

  it.each<[string, Parameters<typeof hears>, boolean]>([
    ['enter of enter', ['enter', {}, transition()], true],
    ['exit of enter', ['exit', {}, transition()], false],
    ['exit of exit', ['exit', {}, transition({ type: 'exit' })], true],
    ['transition of both', ['transition', {}, transition({ type: 'exit' })], true],
    ['tag of a transition', ['tag', {}, transition()], false],
    ['error of a transition', ['error', {}, transition()], false],
    ['enter of a definition', ['enter', {}, transition({}, 'definition')], false],
    ['enter of what was settled', ['enter', {}, transition({}, 'settle')], false],
    [
      'enter of a definition that is asked for',
      ['enter', { causes: ['definition'] }, transition({}, 'definition')],
      true,
    ],
    ['transition of a definition', ['transition', {}, transition({}, 'definition')], true],
    ['transition of another cause', ['transition', { causes: ['time'] }, transition()], false],
    ['transition of its segment', ['transition', { segment: 's' }, transition()], true],
    ['transition of another segment', ['transition', { segment: 't' }, transition()], false],
    ['transition of its contact', ['transition', { contact: 'ada' }, transition()], true],
    ['transition of another contact', ['transition', { contact: 'bob' }, transition()], false],
    ['transition of a tag, which none has', ['transition', { tag: 'vip' }, transition()], false],
    ['tag of a tag', ['tag', {}, tagEvent()], true],
    ['transition of a tag', ['transition', {}, tagEvent()], false],
    ['tag of its tag', ['tag', { tag: 'vip' }, tagEvent()], true],
    ['tag of another tag', ['tag', { tag: 'other' }, tagEvent()], false],
    ['tag of its contact', ['tag', { contact: 'ada' }, tagEvent()], true],
    ['tag of another contact', ['tag', { contact: 'bob' }, tagEvent()], false],
    ['tag of its cause', ['tag', { causes: ['tag'] }, tagEvent()], true],
    ['tag of another cause', ['tag', { causes: ['time'] }, tagEvent()], false],
    ['tag of a segment, which none has', ['tag', { segment: 's' }, tagEvent()], false],
  ])('%s', (_, question, expected) => {
    expect(hears(...question)).toBe(expected)
  })

  it('hear tag events before transitions, each in the order in which they began', () => {
    const listeners = new Listeners()
    const said: string[] = []
    listeners.add('transition', {}, () => said.push('first transition'))
    listeners.add('tag', {}, () => said.push('tag'))
    listeners.add('enter', {}, () => said.push('enter'))
    listeners.tell([tagEvent()], [transition()], ({ hear }, told) => {
      hear(told)
    })
    expect(said).toEqual(['tag', 'first transition', 'enter'])
  })

  it.each(['tag', 'transition', 'error'] as const)('of %s that end meanwhile are not called any more', (event) => {
    const listeners = new Listeners()
    const said: string[] = []
    const ends: (() => void)[] = []
    listeners.add(event, {}, () => {
      said.push('first')
      ends[0]?.()
    })
    ends.push(listeners.add(event, {}, () => said.push('second')))
    const call = ({ hear }: { readonly hear: (told: never) => void }, told: unknown): void => {
      hear(told as never)
    }
    for (let round = 0; round < 2; round += 1) {
      if (event === 'error') listeners.tellError(new CoterieError('LISTENER_FAILED', 'no'), call)
      else listeners.tell([tagEvent()], [transition()], call)
    }
    expect(said).toEqual(['first', 'first'])
  })

  it('say whether anybody hears of errors', () => {
    const listeners = new Listeners()
    const error = new CoterieError('LISTENER_FAILED', 'no')
    const heard: unknown[] = []
    listeners.add('transition', {}, () => heard.push('transition'))
    const call = (listener: { readonly hear: (told: never) => void }, told: unknown): void => {
      listener.hear(told as never)
    }
    expect(listeners.tellError(error, call)).toBe(false)
    const end = listeners.add('error', {}, (told) => heard.push(told))
    expect(listeners.tellError(error, call)).toBe(true)
    end()
    expect(listeners.tellError(error, call)).toBe(false)
    expect(heard).toEqual([error])
  })
})
