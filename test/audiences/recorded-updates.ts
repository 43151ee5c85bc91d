// Updates as the two services send them, recorded from their documentation and shortened to what a bot reads.

import type { Update } from 'grammy/types'

/** A text message to a Telegram bot. Telegram dates in whole seconds. */
export function telegramMessage(
  from: { readonly id: number; readonly first_name: string },
  message: { readonly id: number; readonly date: number; readonly text: string },
): Update {
  return {
    update_id: 900_000_000 + message.id,
    message: {
      message_id: message.id,
      from: { ...from, is_bot: false, language_code: 'de' },
      chat: { id: from.id, first_name: from.first_name, type: 'private' },
      date: message.date,
      text: message.text,
    },
  }
}

/** A poll was closed: an update that is nobody’s. */
export const telegramPoll: Update = {
  update_id: 899_999_999,
  poll: {
    id: '5',
    question: 'Tea?',
    options: [],
    total_voter_count: 0,
    is_closed: true,
    is_anonymous: true,
    type: 'regular',
    allows_multiple_answers: false,
  },
} as unknown as Update

/** A message in a Slack channel, as the Events API delivers it. Slack's `ts` is the id of a message, and its time. */
export function slackMessage(user: string, ts: string, text: string): Record<string, unknown> {
  return {
    token: 'XXYYZZ',
    team_id: 'T061EG9R6',
    api_app_id: 'A0PNCHHK2',
    event: { type: 'message', channel: 'D024BE91L', channel_type: 'im', user, text, ts, event_ts: ts },
    type: 'event_callback',
    event_id: `Ev${ts}`,
    event_time: Math.floor(Number(ts)),
    authorizations: [{ enterprise_id: null, team_id: 'T061EG9R6', user_id: 'U0BOT', is_bot: true }],
  }
}
