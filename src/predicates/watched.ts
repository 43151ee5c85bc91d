import type { LeafRule } from '../rules/ast.js'
import type { LeafFields } from '../rules/rule-walk.js'

/** What can be watched for the instants at which time moves it. */
export interface Watched {
  /** The condition that time moves. */
  readonly rule: LeafRule
  /** What of a contact it reads. */
  readonly fields: LeafFields
}
