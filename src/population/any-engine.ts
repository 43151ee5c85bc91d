import type { Contacts } from '../engine/contacts-face.js'
import type { Engine } from '../engine/engine.js'
import type { EventLog } from '../engine/events-face.js'

/** An engine, whatever its schema: what functions over it ask and do. */
export interface AnyEngine extends Pick<
  Engine,
  | 'apply'
  | 'batch'
  | 'contact'
  | 'limits'
  | 'members'
  | 'now'
  | 'on'
  | 'revision'
  | 'schema'
  | 'segments'
  | 'tags'
  | 'timeZone'
  | 'weekStartsOn'
> {
  readonly contacts: Pick<Contacts, 'count' | 'find' | 'get' | 'has' | 'ids' | 'identitiesOf'>
  readonly events: Pick<EventLog, 'of'>
}
