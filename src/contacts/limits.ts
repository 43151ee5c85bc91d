/** How large what comes from outside may be. What is larger is refused with `LIMIT_EXCEEDED`. */
export interface Limits {
  /** The nesting of a rule or value. Default 64. */
  readonly depth: number
  /** Nodes of one rule, its operands included. Default 10,000. */
  readonly nodes: number
  /** UTF-16 code units of one text. Default 1,000,000. */
  readonly text: number
  /** Elements of one list. Default 10,000. */
  readonly list: number
  /** UTF-16 code units of an id, a tag or a name. Default 512. */
  readonly name: number
}

/** The limits that hold where no others are given. */
export const defaultLimits: Limits = Object.freeze({
  depth: 64,
  nodes: 10_000,
  text: 1_000_000,
  list: 10_000,
  name: 512,
})
