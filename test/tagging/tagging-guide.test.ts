import { all, attribute, createEngine, hasTag, hasTagLike, tagCount, type Engine } from 'coterie'
import { describe, expect, it } from 'vitest'
import { taggingGuide } from 'coterie/automation'

function shop(): Engine {
  const engine = createEngine({ now: 0, timeZone: 'UTC' })
  for (const id of ['ada', 'bob']) engine.contacts.put({ id })
  const { catalogue } = engine.tags
  catalogue.group({ group: 'source', name: 'Source', description: 'Where they came from.', prefix: 'source-' })
  catalogue.group({ group: 'temperature', tags: ['hot-lead', 'warm-lead'], exclusive: true })
  catalogue.define({
    tag: 'VIP',
    name: 'Very important',
    description: 'Pays a lot',
    when: 'After the third order',
    kind: 'manual',
    colour: '#c00',
  })
  engine.tags.add(['ada', 'bob'], ['source-web', 'VIP'])
  engine.segments.define({ id: 'hot', name: 'Hot leads', rule: attribute('score').greaterThan(80), holds: 'hot-lead' })
  engine.segments.define({ id: 'call', rule: all(hasTag('VIP'), hasTagLike('source-*')), stay: hasTag('hot-lead') })
  engine.segments.define({ id: 'tagged', rule: tagCount().greaterThan(3) })
  return engine
}

describe('the tagging guide', () => {
  it('tells of every tag what is known of it', () => {
    const users = [{ id: 'welcome', name: 'Welcome series', reads: ['VIP'], puts: ['greeted'] }]
    expect(taggingGuide(shop(), { title: 'Our tags', users })).toBe(`# Our tags

## Source

Where they came from.

Tags of this group begin with \`source-\`.

### \`source-web\`

What it means is not said yet.

- Contacts: 2
- Asked for in segment \`call\`, by pattern: The contact has the tag “Very important” and the contact has a tag like “source-\\*”. Members stay while: The contact has the tag “hot-lead”.

## temperature

A contact has at most one of them.

### \`hot-lead\`

What it means is not said yet.

- Contacts: 0
- Put on by segment \`hot\` (Hot leads): as long as a contact is in it
- Asked for in segment \`call\`, by name: The contact has the tag “Very important” and the contact has a tag like “source-\\*”. Members stay while: The contact has the tag “hot-lead”.

### \`warm-lead\`

What it means is not said yet.

- Contacts: 0
- Nothing asks for it

## Tags in no group

### \`VIP\` Very important

Pays a lot

- Applies: After the third order
- Kind: manual, put on by hand
- Colour: \`#c00\`
- Contacts: 2
- Asked for in segment \`call\`, by name: The contact has the tag “Very important” and the contact has a tag like “source-\\*”. Members stay while: The contact has the tag “hot-lead”.
- Asked for by \`welcome\` (Welcome series)

### \`greeted\`

What it means is not said yet.

- Contacts: 0
- Put on by \`welcome\` (Welcome series)
- Nothing asks for it

Rules that count tags, whichever they are: \`tagged\`.
`)
  })

  it('is the same text again, and of no tags says so', () => {
    expect(taggingGuide(shop())).toBe(taggingGuide(shop()))
    expect(taggingGuide(createEngine({ now: 0 }))).toBe('# Tagging guide\n\nThere are no tags yet.\n')
  })
})
