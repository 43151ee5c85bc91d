import { rulesFor, type Engine } from 'coterie'
import { schema } from './schema.js'

const { all, any, attribute, hasTag, hasTagLike, inSegment, not } = rulesFor(schema)

/** Defines the segments of the demonstration: five by rules, one by hand, one by both. */
export function defineSegments(engine: Engine<typeof schema>, invited: readonly string[]): void {
  const { segments } = engine
  segments.define({
    id: 'vip-customers',
    name: 'VIP Customers',
    rule: any(attribute('lifetimeValue').greaterThan(5000), hasTag('VIP')),
  })
  segments.define({
    id: 'inactive-30-days',
    name: 'Inactive 30 Days',
    rule: attribute('lastConversationAt').moreThanAgo('30d'),
  })
  segments.define({
    id: 'high-intent',
    name: 'High Intent',
    rule: all(attribute('leadScore').greaterThan(80), attribute('openDeals').greaterThan(0)),
  })
  const newThisWeek = segments.define({
    id: 'new-this-week',
    name: 'New This Week',
    rule: attribute('createdAt').inLast('7d'),
  })
  segments.define({
    id: 'at-risk',
    name: 'At Risk',
    rule: all(attribute('tickets').greaterThan(3), attribute('lastPurchaseAt').notInLast('60d')),
  })
  segments.define({ id: 'fair-guests', name: 'Fair Guests', contacts: invited })
  segments.define({
    id: 'welcome-calls',
    name: 'Welcome Calls',
    kind: 'hybrid',
    rule: all(
      inSegment(newThisWeek),
      any(attribute('leadScore').atLeast(60), hasTagLike('source-referral-*')),
      not(hasTag('do-not-call')),
    ),
  })
}
