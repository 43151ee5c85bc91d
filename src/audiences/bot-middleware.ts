import type { ContactHandle } from '../engine/contact-handle.js'
import type { Engine } from '../engine/engine.js'
import type { ChannelIdentity, SeenOptions } from '../engine/seen.js'
import type { Schema } from '../contacts/schema.js'

/** How a bot's updates are read, and where the contact is put. */
export interface MiddlewareOptions<Context, S extends Schema = Schema> {
  /** Who wrote, and what `engine.seen` is told of it; `undefined` for an update that is nobody's. */
  readonly read: (context: Context) => (SeenOptions<S> & { readonly from: ChannelIdentity }) | undefined
  /** Puts the contact where handlers find it; not called for an update that is nobody's, or of somebody unknown. */
  readonly put: (context: Context, contact: ContactHandle) => void
}

/** Middleware of both shapes: `(context, next)`, and `({ next, … })`. */
export type BotMiddleware<Context> = (context: Context, next?: () => Promise<unknown>) => Promise<void>

/**
 * Middleware that takes note of each update before any handler sees it. It serves frameworks that call middleware with
 * `next` beside the context, such as grammY and Telegraf, and those with `next` in it, such as Bolt.
 *
 * What `engine.seen` throws rejects, as anything that middleware throws; handlers behind are not called then.
 */
export function seenMiddleware<Context extends object, const S extends Schema = Schema>(
  engine: Engine<S>,
  { read, put }: MiddlewareOptions<Context, S>,
): BotMiddleware<Context> {
  return async (context, next) => {
    const message = read(context)
    if (message !== undefined) {
      const { from, ...options } = message
      const contact = engine.seen(from, options as SeenOptions<S>)
      if (contact !== undefined) put(context, contact)
    }
    await (next ?? nextIn(context))?.()
  }
}

function nextIn(context: object): (() => Promise<unknown>) | undefined {
  return 'next' in context && typeof context.next === 'function' ? (context.next as () => Promise<unknown>) : undefined
}
