import { rulesFor, type Engine } from 'coterie'
import { schema } from './schema.js'

const { all, any, attribute, events, hasTag, hasTagLike, inSegment, not, records } = rulesFor(schema)

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
    rule: events('conversation').last().moreThanAgo('30d'),
  })
  segments.define({
    id: 'high-intent',
    name: 'High Intent',
    rule: all(attribute('leadScore').greaterThan(80), records('deals').where({ status: 'open' }).exists()),
  })
  const newThisWeek = segments.define({
    id: 'new-this-week',
    name: 'New This Week',
    rule: attribute('createdAt').inLast('7d'),
  })
  segments.define({
    id: 'at-risk',
    name: 'At Risk',
    rule: all(records('tickets').count().greaterThan(3), events('purchase').inLast('60d').none()),
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
