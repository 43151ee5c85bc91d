import type { Schema } from '../../contacts/schema.js'
import type { Contacts } from '../../engine/contacts-face.js'
import type { Engine } from '../../engine/engine.js'
import type { EventLog } from '../../engine/events-face.js'
import type { Members } from '../../engine/members-face.js'
import type { Records } from '../../engine/records-face.js'
import type { Segments } from '../../engine/segments-face.js'
import type { Catalogue } from '../../engine/tag-catalogue-face.js'
import type { Tags } from '../../engine/tags-face.js'
import type { SegmentInTests } from './naive-segment.js'

/**
 * What the engine and the naive one both can: a suite that takes this takes either. All that changes something is here;
 * of the questions those about contacts, tags, events, records and members.
 */
export interface NaiveEngine<S extends Schema = Schema> extends Pick<
  Engine<S>,
  'advanceTo' | 'apply' | 'batch' | 'now' | 'on' | 'revision' | 'timeZone'
> {
  readonly contacts: Pick<
    Contacts<S>,
    'count' | 'find' | 'get' | 'has' | 'identify' | 'identitiesOf' | 'ids' | 'merge' | 'patch' | 'put' | 'remove'
  >
  readonly events: Pick<EventLog<S>, 'correct' | 'count' | 'of' | 'record' | 'remove'>
  readonly members: Pick<Members, 'exclude' | 'include' | 'reset'>
  readonly records: Pick<Records<S>, 'of' | 'put' | 'remove'>
  readonly segments: Pick<Segments, 'convert' | 'count' | 'describe' | 'has' | 'ids' | 'of' | 'preview' | 'remove'> & {
    define(...definition: Parameters<Segments['define']>): SegmentInTests
    get(id: string): SegmentInTests | undefined
  }
  readonly tags: Pick<Tags, 'add' | 'counts' | 'has' | 'of' | 'remove'> & {
    readonly catalogue: Pick<Catalogue, 'define' | 'delete' | 'group' | 'merge' | 'rename' | 'ungroup'>
  }
}
