import { now, type Population } from '../lib/population.js'
import type { Question } from '../lib/question.js'

/** The tables that a population is put into, without indexes. */
export const tables = [
  'CREATE TABLE contacts (id INTEGER, country TEXT, plan TEXT, leadScore INTEGER, lifetimeValue DOUBLE, createdAt BIGINT, lastSeenAt BIGINT, optedIn BOOLEAN, email TEXT)',
  'CREATE TABLE tags (contact INTEGER, tag TEXT)',
  'CREATE TABLE events (contact INTEGER, type TEXT, moment BIGINT, amount INTEGER)',
]

/** What the rules of workload A need of indexes. */
export const indexes = [
  ...['id', 'country', 'leadScore', 'lifetimeValue', 'createdAt', 'lastSeenAt', 'email'].map(
    (column) => `CREATE INDEX contacts_${column} ON contacts (${column})`,
  ),
  'CREATE INDEX tags_tag ON tags (tag, contact)',
  'CREATE INDEX events_type ON events (type, moment, contact, amount)',
]

/** A question as a query that counts. */
export function countQuery(question: Question): string {
  return `SELECT count(*) AS count FROM contacts WHERE ${conditionOf(question)}`
}

function conditionOf(question: Question): string {
  if ('all' in question) return `(${question.all.map(conditionOf).join(' AND ')})`
  if ('any' in question) return `(${question.any.map(conditionOf).join(' OR ')})`
  if ('not' in question) return `NOT (${conditionOf(question.not)})`
  if ('tag' in question) return `id IN (SELECT contact FROM tags WHERE tag = ${text(question.tag)})`
  if ('purchases' in question) {
    const { purchases, inLast, spent } = question
    const found = `SELECT contact FROM events WHERE type = 'purchase' AND moment > ${now - inLast}`
    if (purchases === 1 && spent === undefined) return `id IN (${found})`
    const sum = spent === undefined ? '' : ` AND sum(amount) > ${spent}`
    return `id IN (${found} GROUP BY contact HAVING count(*) >= ${purchases}${sum})`
  }
  if ('above' in question) return `${question.field} > ${question.above}`
  if ('atMost' in question) return `${question.field} <= ${question.atMost}`
  if ('in' in question) return `${question.field} IN (${question.in.map(text).join(', ')})`
  if ('is' in question) return `optedIn = ${String(question.is)}`
  if ('endsWith' in question) return `email LIKE ${text(`%${question.endsWith}`)}`
  return `${question.field} > ${now - question.inLast}`
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** The rows of the tables, as far as a contact's tags and events are concerned. */
export function* rowsOf(
  starts: Population['tagStart'],
): Generator<{ readonly contact: number; readonly place: number }, void> {
  for (let contact = 0; contact + 1 < starts.length; contact += 1) {
    const end = starts[contact + 1] as number
    for (let place = starts[contact] as number; place < end; place += 1) yield { contact, place }
  }
}
