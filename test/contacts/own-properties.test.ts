import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OwnProperties } from '../../src/contacts/own-properties.js'

describe('the own properties of an object', () => {
  it('are what a map of them would hold, few or many, whatever their names', () => {
    const names = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'type', '1', ''), fc.string())
    fc.assert(
      fc.property(fc.dictionary(names, fc.anything(), { maxKeys: 20 }), names, (input, other) => {
        const map = new Map<string, unknown>(Object.entries(input))
        const properties = new OwnProperties(input)
        const places = Array.from({ length: properties.size }, (_, place) => place)
        const visited: unknown[] = []
        properties.forEach((value, name) => visited.push([name, value]))
        expect([...properties]).toEqual([...map])
        expect(visited).toEqual([...map])
        expect(places.map((place) => [properties.nameAt(place), properties.valueAt(place)])).toEqual([...map])
        expect([[...properties.keys()], [...properties.values()]]).toEqual([[...map.keys()], [...map.values()]])
        for (const name of [...map.keys(), other])
          expect([properties.has(name), properties.get(name)]).toEqual([map.has(name), map.get(name)])
      }),
    )
  })
})
