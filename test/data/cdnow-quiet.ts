/*
 * Who made no purchase in the last sixty days, told by a loop over each customer's purchases and nothing of the engine. Only
 * the latest purchase known matters: whoever made it is away until sixty days after it.
 */

import { closing, type Shop } from './cdnow-rows.js'
import { DAY } from './local-days.js'

/** A purchase as it becomes known. */
export interface Known {
  readonly customer: string
  readonly at: number
  /** When the engine learns of it, not before `at`. */
  readonly learnt: number
}

export interface Move {
  readonly at: number
  readonly type: 'enter' | 'exit'
  readonly contactId: string
}

/**
 * The exits and enters up to the closing, by instant and then by customer; all are quiet at the opening. A purchase that is
 * recorded `ahead` happens together with what else is due at its instant: whoever would come back then stays away. One that is
 * recorded `then` comes after it.
 */
export function quietMoves(shop: Shop, known: readonly Known[], recorded: 'ahead' | 'then'): readonly Move[] {
  const byCustomer = new Map<string, Known[]>(shop.customers.map(({ id }) => [id, []]))
  for (const each of known) byCustomer.get(each.customer)?.push(each)
  const moves: Move[] = []
  for (const [contactId, purchases] of byCustomer) {
    let isAway = false
    let returns = -Infinity
    for (const { at, learnt } of purchases.sort((a, b) => a.learnt - b.learnt)) {
      if (isAway && (returns < learnt || (returns === learnt && recorded === 'then'))) {
        moves.push({ at: returns, type: 'enter', contactId })
        isAway = false
      }
      returns = Math.max(returns, at + 60 * DAY)
      if (!isAway && returns > learnt) {
        moves.push({ at: learnt, type: 'exit', contactId })
        isAway = true
      }
    }
    if (isAway && returns <= closing) moves.push({ at: returns, type: 'enter', contactId })
  }
  return inOrder(shop, moves)
}

/** Moves by instant, then by customer; a customer's own stay as they came. */
export function inOrder(shop: Shop, moves: readonly Move[]): readonly Move[] {
  const rank = new Map(shop.customers.map(({ id }, place) => [id, place]))
  return [...moves].sort((a, b) => a.at - b.at || (rank.get(a.contactId) ?? 0) - (rank.get(b.contactId) ?? 0))
}

/** The ids of those who are quiet at the closing: those whose last move was no exit. */
export function quietAtClosing(shop: Shop, moves: readonly Move[]): readonly string[] {
  const quiet = new Set(shop.customers.map(({ id }) => id))
  for (const { type, contactId } of moves) {
    if (type === 'enter') quiet.add(contactId)
    else quiet.delete(contactId)
  }
  return [...quiet].sort()
}
