/**
 * Whom a message reaches: audiences with a reason for every contact, waterfalls, samples, control groups, and what a
 * message did.
 *
 * @module coterie/audiences
 */
export type { Difference, Interval } from '../base/confidence.js'
export type { AnyEngine } from '../population/any-engine.js'
export type { AsOf, LocalTime } from '../population/as-of.js'
export type { Goal } from '../population/goal.js'
export type { NamedRule, Selection } from '../population/selection.js'
export { audienceOf } from './audience-of.js'
export {
  contactsOf,
  entryOf,
  isIn,
  type Audience,
  type AudienceEntry,
  type Reason,
  type ReasonKind,
} from './audience.js'
export type { AudienceOptions, CapOptions, SampleOptions, VariantOptions } from './audience-options.js'
export { seenMiddleware, type BotMiddleware, type MiddlewareOptions } from './bot-middleware.js'
export type { SaltedShare } from './draw.js'
export type { Compared, ComparedOutcome, GroupOutcome } from './compared.js'
export { effectOf, type Effect, type EffectOptions } from './effect.js'
export { personalize, type Variant } from './personalize.js'
export { send, type Sending, type SendOptions } from './send.js'
export { waterfall, type Landing, type Waterfall, type WaterfallOptions } from './waterfall.js'
