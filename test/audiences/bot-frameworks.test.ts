// seenMiddleware on two real frameworks, grammY and Bolt, fed with recorded updates. Nothing goes over a network: grammY's
// calls end in a transformer, Bolt's handlers answer into a list.

import { App, type AllMiddlewareArgs, type AnyMiddlewareArgs } from '@slack/bolt'
import { attribute, createEngine, events, hasTag, inSegment, not, type ContactHandle, type Engine } from 'coterie'
import { personalize, seenMiddleware } from 'coterie/audiences'
import { Bot, type Context } from 'grammy'
import { describe, expect, it } from 'vitest'
import { slackMessage, telegramMessage, telegramPoll } from './recorded-updates.js'

const start = Date.parse('2026-03-10T12:00:00Z')
const seconds = start / 1000
const day = 86_400

interface Greeting {
  readonly text: string
  readonly queue: string
}

function botEngine(): Engine {
  const engine = createEngine({ now: start })
  engine.segments.define({
    id: 'vip',
    rule: hasTag('VIP'),
    data: { text: 'At your service', queue: 'concierge' },
  })
  engine.segments.define({ id: 'back', rule: events('message').betweenAgo('2d', '90d').exists() })
  return engine
}

function greetingFor(contact: ContactHandle): Greeting {
  return personalize<Greeting>(
    contact,
    [
      { when: 'vip', then: (data) => data as Greeting },
      { when: events('message').count().equals(1), then: { text: 'Welcome', queue: 'bot' } },
      { when: inSegment('back'), then: { text: 'Good to hear from you again', queue: 'bot' } },
    ],
    { text: 'Hello', queue: 'bot' },
  )
}

describe('grammY', () => {
  type MyContext = Context & { contact?: ContactHandle }

  function telegramBot(engine: Engine, failing = false): { readonly bot: Bot<MyContext>; readonly sent: string[] } {
    const bot = new Bot<MyContext>('1:token', {
      botInfo: {
        id: 1,
        is_bot: true,
        first_name: 'Bot',
        username: 'bot',
        can_join_groups: true,
        can_read_all_group_messages: false,
        supports_inline_queries: false,
        can_connect_to_business: false,
        has_main_web_app: false,
      } as never,
    })
    const sent: string[] = []
    bot.api.config.use((_, method, payload) => {
      if (failing) throw new Error('no network')
      sent.push(`${method}: ${(payload as { text?: string }).text ?? ''}`)
      return Promise.resolve({ ok: true, result: {} }) as never
    })
    bot.use(
      seenMiddleware<MyContext>(engine, {
        read: ({ from, msg }) =>
          from === undefined || msg === undefined
            ? undefined
            : {
                from: { channel: 'telegram', id: String(from.id) },
                at: msg.date * 1000,
                event: { type: 'message', id: `telegram:${String(msg.chat.id)}:${String(msg.message_id)}` },
                create: { attributes: { name: from.first_name } },
              },
        put: (ctx, contact) => {
          ctx.contact = contact
        },
      }),
    )
    bot.on('message:text', async (ctx) => {
      const { text, queue } = greetingFor(ctx.contact ?? engine.contact('nobody'))
      await ctx.reply(`${text}, ${ctx.contact?.get('name') as string} (${queue})`)
    })
    return { bot, sent }
  }

  const ada = { id: 123, first_name: 'Ada' }

  it('greets a contact nobody knows yet, one that comes back, and a VIP', async () => {
    const engine = botEngine()
    const { bot, sent } = telegramBot(engine)
    await bot.handleUpdate(telegramMessage(ada, { id: 1, date: seconds, text: 'hi' }))
    await bot.handleUpdate(telegramMessage(ada, { id: 2, date: seconds + 60, text: 'there' }))
    await bot.handleUpdate(telegramMessage(ada, { id: 3, date: seconds + 9 * day, text: 'again' }))
    engine.tags.add({ channel: 'telegram', id: '123' }, 'VIP')
    await bot.handleUpdate(telegramMessage(ada, { id: 4, date: seconds + 9 * day + 1, text: 'me' }))
    expect(sent).toEqual([
      'sendMessage: Welcome, Ada (bot)',
      'sendMessage: Hello, Ada (bot)',
      'sendMessage: Good to hear from you again, Ada (bot)',
      'sendMessage: At your service, Ada (concierge)',
    ])
    expect(engine.contacts.ids()).toEqual(['telegram:123'])
    expect(engine.now).toBe((seconds + 9 * day + 1) * 1000)
  })

  it('takes the same message twice, and an older one late, for what they are', async () => {
    const engine = botEngine()
    const { bot } = telegramBot(engine)
    const late = telegramMessage(ada, { id: 1, date: seconds - 3 * day, text: 'lost on the way' })
    const message = telegramMessage(ada, { id: 2, date: seconds, text: 'hi' })
    const heard: unknown[] = []
    engine.on('enter', { segment: 'back' }, ({ at, cause }) => heard.push([at, cause.late, cause.eventAt]))
    for (const update of [message, message, late, late, message]) await bot.handleUpdate(update)
    expect(engine.events.of('telegram:123').map(({ id }) => id)).toEqual(['telegram:123:1', 'telegram:123:2'])
    expect(engine.now).toBe(start)
    expect(heard).toEqual([[start, true, start - 3 * day * 1000]])
  })

  it('knows a contact whose e-mail turns up later, and who becomes one with another', async () => {
    const engine = botEngine()
    engine.contacts.put({ id: 'c-1', attributes: { email: 'ada@example.com', name: 'Ada L.' } })
    engine.tags.add('c-1', 'VIP')
    const { bot, sent } = telegramBot(engine)
    await bot.handleUpdate(telegramMessage(ada, { id: 1, date: seconds, text: 'hi' }))
    engine.contacts.patch('telegram:123', { email: 'ada@example.com' })
    const [known = ''] = engine.contacts.find(attribute('email').equals('ada@example.com'))
    engine.contacts.merge({ from: 'telegram:123', into: known })
    await bot.handleUpdate(telegramMessage(ada, { id: 2, date: seconds + 1, text: 'it is me' }))
    await bot.handleUpdate(telegramMessage(ada, { id: 1, date: seconds, text: 'hi' }))
    expect(sent[1]).toBe('sendMessage: At your service, Ada L. (concierge)')
    expect(engine.contacts.ids()).toEqual(['c-1'])
    expect(engine.events.of('c-1')).toHaveLength(2)
  })

  it('passes on an update that is nobody’s', async () => {
    const engine = botEngine()
    const { bot } = telegramBot(engine)
    let passed = false
    bot.use((ctx) => {
      passed = ctx.contact === undefined
    })
    await bot.handleUpdate(telegramPoll)
    expect([passed, engine.contacts.count]).toEqual([true, 0])
  })

  it('hands what is refused to the framework, and what it threw is not recorded', async () => {
    const engine = createEngine({ now: start, maxAhead: '1d' })
    const { bot } = telegramBot(engine)
    await expect(
      bot.handleUpdate(telegramMessage(ada, { id: 1, date: seconds + 9 * day, text: 'from the future' })),
    ).rejects.toMatchObject({ error: { code: 'EVENT_FAR_FUTURE' } })
    expect([engine.contacts.count, engine.now]).toEqual([0, start])
  })
})

describe('Bolt', () => {
  function slackApp(engine: Engine): { readonly deliver: (body: object) => Promise<void>; readonly said: string[] } {
    const app = new App({
      receiver: { init: () => {}, start: () => Promise.resolve(), stop: () => Promise.resolve() },
      authorize: () => Promise.resolve({ botToken: 'xoxb-1', botId: 'B1', botUserId: 'U0BOT' }),
      convoStore: false,
    })
    const said: string[] = []
    app.use(
      seenMiddleware<AllMiddlewareArgs & AnyMiddlewareArgs>(engine, {
        read: ({ payload }) =>
          payload.type === 'message' && 'user' in payload && typeof payload.user === 'string' && 'ts' in payload
            ? {
                from: { channel: 'slack', id: payload.user },
                at: Math.floor(Number(payload.ts) * 1000),
                event: { type: 'message', id: `slack:${String(payload.ts)}` },
                create: true,
              }
            : undefined,
        put: ({ context }, contact) => {
          context['contact'] = contact
        },
      }),
    )
    app.message(async ({ context }) => {
      const { text, queue } = greetingFor(context['contact'] as ContactHandle)
      said.push(`${text} (${queue})`)
    })
    return { deliver: (body) => app.processEvent({ body, ack: () => Promise.resolve() }), said }
  }

  it('greets by segment and by rule', async () => {
    const engine = botEngine()
    const { deliver, said } = slackApp(engine)
    await deliver(slackMessage('U2147483697', `${String(seconds)}.000200`, 'hi'))
    await deliver(slackMessage('U2147483697', `${String(seconds + 9 * day)}.000300`, 'again'))
    engine.tags.add({ channel: 'slack', id: 'U2147483697' }, 'VIP')
    await deliver(slackMessage('U2147483697', `${String(seconds + 9 * day)}.000400`, 'me'))
    expect(said).toEqual(['Welcome (bot)', 'Good to hear from you again (bot)', 'At your service (concierge)'])
    expect(engine.events.of('slack:U2147483697')).toHaveLength(3)
  })

  it('takes a redelivery for what it is', async () => {
    const engine = botEngine()
    const { deliver } = slackApp(engine)
    const body = slackMessage('U1', `${String(seconds)}.000200`, 'hi')
    await deliver(body)
    await deliver(body)
    expect(engine.events.count).toBe(1)
  })

  it('is one person with the one on Telegram, once that is known', async () => {
    const engine = botEngine()
    const { deliver, said } = slackApp(engine)
    engine.seen({ channel: 'telegram', id: '7' }, { create: true })
    await deliver(slackMessage('U1', `${String(seconds)}.000200`, 'hi'))
    engine.tags.add('telegram:7', 'VIP')
    engine.contacts.merge({ from: 'slack:U1', into: 'telegram:7' })
    await deliver(slackMessage('U1', `${String(seconds + 1)}.000200`, 'hi'))
    expect(said).toEqual(['Welcome (bot)', 'At your service (concierge)'])
    expect(engine.contacts.find(not(hasTag('VIP')))).toEqual([])
  })
})
