import type { Settings } from '../../engine/state.js'
import { segmentId } from '../../engine/segment-name.js'
import type { Rule } from '../../rules/ast.js'
import { ruleOf } from '../../rules/read-rule.js'
import type { ContactName } from '../../changes/change.js'
import { contactOf, idsWhere, identitiesOf } from './answers.js'
import type { NaiveEngine } from './engine-face.js'
import type { NaiveInward } from './naive-inward.js'
import type { NaiveModel } from './naive-model.js'
import { NaiveSegment } from './naive-segment.js'
import { byAge } from './tags.js'
import { contactsOf, recordsOf, segmentsOf, serialOf, type ModelContact } from './state.js'

/** The parts of the naive engine by what they are about: changes made of arguments, and questions. */
export function naiveFaces(
  model: NaiveModel,
  inward: NaiveInward,
  settings: Settings,
): Pick<NaiveEngine, 'contacts' | 'events' | 'members' | 'records' | 'segments' | 'tags'> {
  const { timeZone } = settings
  const find = (name: ContactName): ModelContact | undefined => {
    const serial = serialOf(model.state, name)
    return serial === undefined ? undefined : model.state.contacts.get(serial)
  }
  const where = (rule: Rule): readonly string[] => {
    const { schema, weekStartsOn, limits } = settings
    const segments = [...model.state.segments.keys()]
    const read = ruleOf(rule, { timeZone, weekStartsOn, limits, segments, ...(schema === undefined ? {} : { schema }) })
    return idsWhere(model.state, read, timeZone)
  }
  return {
    contacts: {
      get count() {
        return model.state.contacts.size
      },
      put: ({ id, attributes }) =>
        inward.make(() => ({ type: 'contact.put', contact: id, attributes: attributes ?? {} })),
      patch: (contact, attributes) => inward.make(() => ({ type: 'contact.patch', contact, attributes })),
      remove: (contact) => inward.make(() => ({ type: 'contact.remove', contact })),
      merge: ({ from, into }) => inward.make(() => ({ type: 'contact.merge', from, into })),
      identify: (contact, { channel, id }) => inward.make(() => ({ type: 'contact.identify', contact, channel, id })),
      has: (contact) => find(contact) !== undefined,
      get: (contact) => {
        const found = find(contact)
        return found && contactOf(found)
      },
      identitiesOf: (contact) => identitiesOf(model.state, find(contact)?.serial),
      ids: () => contactsOf(model.state).map(({ id }) => id),
      find: where,
    },
    tags: {
      add: (contacts, tags, holder) =>
        inward.make(() => ({ type: 'tag.add', contacts, tags, ...(holder === undefined ? undefined : { holder }) })),
      remove: (contacts, tags, holder, options) =>
        inward.make(() => ({
          type: 'tag.remove',
          contacts,
          tags,
          ...(holder === undefined ? undefined : { holder }),
          ...options,
        })),
      of: (contact) => byAge(find(contact)?.tags ?? new Map()),
      has: (contact, tag) => find(contact)?.tags.has(tag) ?? false,
      counts: () => {
        const counts = new Map<string, number>()
        for (const { tags } of contactsOf(model.state)) {
          for (const tag of tags.keys()) counts.set(tag, (counts.get(tag) ?? 0) + 1)
        }
        return [...counts].map(([tag, count]) => ({ tag, count }))
      },
      catalogue: {
        define: (tag) => inward.make(() => ({ ...tag, type: 'tag.define' })),
        group: (group) => inward.make(() => ({ ...group, type: 'tag.group' })),
        ungroup: (group) => inward.make(() => ({ type: 'tag.ungroup', group })),
        rename: (from, to, options) => inward.make(() => ({ type: 'tag.rename', from, to, ...options })),
        merge: (from, into, options) => inward.make(() => ({ type: 'tag.merge', from, into, ...options })),
        delete: (tags, options) => inward.make(() => ({ type: 'tag.delete', tags, ...options })),
      },
    },
    events: {
      get count() {
        return contactsOf(model.state).reduce((sum, { events }) => sum + events.length, 0)
      },
      record: (contact, event) => inward.make(() => ({ type: 'event.record', contact, event })),
      correct: (contact, id, event) => inward.make(() => ({ type: 'event.correct', contact, id, event })),
      remove: (contact, id) => inward.make(() => ({ type: 'event.remove', contact, id })),
      of: (contact, type) => {
        const found = find(contact)
        const events = found === undefined ? [] : contactOf(found).events
        return type === undefined ? events : events.filter((event) => event.type === type)
      },
    },
    records: {
      put: (contact, collection, record) => inward.make(() => ({ type: 'record.put', contact, collection, record })),
      remove: (contact, collection, id) => inward.make(() => ({ type: 'record.remove', contact, collection, id })),
      of: (contact, collection) => {
        const found = find(contact)
        return found === undefined ? [] : recordsOf(found, collection)
      },
    },
    members: {
      include: (segment, contacts, slot) =>
        inward.make(() => ({ ...slot, type: 'member.include', segment: segmentId(segment), contacts })),
      exclude: (segment, contacts, slot) =>
        inward.make(() => ({ ...slot, type: 'member.exclude', segment: segmentId(segment), contacts })),
      reset: (segment, contacts, slot) =>
        inward.make(() => ({
          type: 'member.reset',
          segment: segmentId(segment),
          contacts,
          ...(slot === undefined ? undefined : { slot }),
        })),
    },
    segments: {
      get count() {
        return model.state.segments.size
      },
      define: (segment) => {
        inward.make(() => ({ ...segment, type: 'segment.define' }))
        return new NaiveSegment(model, segment.id)
      },
      describe: (segment, description) =>
        inward.make(() => ({ ...description, type: 'segment.describe', segment: segmentId(segment) })),
      convert: (segment, kind, rule) =>
        inward.make(() => ({
          type: 'segment.convert',
          segment: segmentId(segment),
          kind,
          ...(rule === undefined ? undefined : { rule }),
        })),
      remove: (segment) => inward.make(() => ({ type: 'segment.remove', segment: segmentId(segment) })),
      get: (id) => (model.state.segments.has(id) ? new NaiveSegment(model, id) : undefined),
      ids: () => segmentsOf(model.state).map(({ id }) => id),
      has: (segment, contact) => model.has(segmentId(segment), contact),
      of: (contact) => model.segmentsOf(contact),
      preview: (rule, options) => {
        const ids = where(rule)
        return { count: ids.length, sample: ids.slice(0, options?.sample ?? 10) }
      },
    },
  }
}
