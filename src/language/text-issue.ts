import type { Issue } from '../base/errors.js'

/** One thing that is wrong with a text, and where. */
export interface TextIssue extends Issue {
  /** The offset of the first unit that is wrong, in UTF-16 code units from 0. The same as `position`. */
  readonly start: number
  /** The offset after the last unit that is wrong. At the end of the text it is that of the start. */
  readonly end: number
}
