/** Counts how often anything in a value is looked at. */
export interface ReadCounter {
  reads: number
}

/** The value, every object in it behind a Proxy that counts the looks at its properties and at its list of them. */
export function counted(value: unknown, counter: ReadCounter): unknown {
  if (typeof value !== 'object' || value === null) return value
  return new Proxy(value, {
    get: (target, key) => {
      counter.reads++
      return counted(Reflect.get(target, key), counter)
    },
    ownKeys: (target) => {
      counter.reads++
      return Reflect.ownKeys(target)
    },
    getPrototypeOf: (target) => {
      counter.reads++
      return Reflect.getPrototypeOf(target)
    },
  })
}

/** How many values there are in plain JSON: itself, and all inside. */
export function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, inner) => sum + sizeOf(inner), 1)
}
