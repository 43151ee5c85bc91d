import { parseArgs } from 'node:util'

export const help = `Live segments of a company's contacts, in the terminal.

  npm run demo                     a made-up company in its next ninety days
  npm run demo -- --seed 7         another company
  npm run demo -- --size 20000     a larger one (default 4000)
  npm run demo -- --contacts FILE  your own contacts, from a CSV file
  npm run demo -- --contacts FILE --events FILE
                                   and what they did, replayed from the first
                                   event to the last

For your own file, whose columns are named as in its header:

  --id COLUMN         names the contact; default: the first column with another
                      value in every row
  --delimiter C       between cells; default: found out
  --decimal C         the decimal mark of numbers, . or ,
  --thousands C       between the thousands of numbers; default: nothing
  --date-order ORDER  of year, month and day: ymd, dmy or mdy; default: the one
                      that fits all
  --time-zone ZONE    of dates without an offset (default UTC)
  --now DATE          where the clock begins; default: after the latest date
  --number COLUMN     read as a number, and rows where it is none are refused;
                      default: numbers where every cell is one
  --date COLUMN       as a date, in the same way
  --text COLUMN       as a text, whatever is in it
  --tag-column COLUMN holds tags
  --split C           between the tags of a cell (default ;)

  --where COLUMN=TEXT, --above COLUMN=NUMBER, --below COLUMN=NUMBER
                      a segment of your own: all that are given must hold

For a file of events, a row each; --delimiter, --date-order and --time-zone are
for both files:

  --event-contact COLUMN  names the contact; default: the column of that name
                          among the contacts
  --event-at COLUMN       when it happened; default: the first column of dates
  --event-id COLUMN       its id; default: the first column with another value
                          in every row
  --event-type TYPE       what an event is called (default event)

--number, --date, --text, --where, --above and --below may come several times.
Colours are left out where the output is no terminal, or NO_COLOR is set.`

/** What was typed cannot be meant. */
export class UsageError extends Error {}

/** What was asked for on the command line. */
export type Arguments = ReturnType<typeof readArguments>

/** Reads the command line; throws where an option is unknown, or its value makes no sense. */
export function readArguments(argv: readonly string[]) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      seed: { type: 'string', default: '1' },
      size: { type: 'string', default: '4000' },
      contacts: { type: 'string' },
      events: { type: 'string' },
      'event-contact': { type: 'string' },
      'event-at': { type: 'string' },
      'event-id': { type: 'string' },
      'event-type': { type: 'string', default: 'event' },
      id: { type: 'string' },
      delimiter: { type: 'string' },
      decimal: { type: 'string' },
      thousands: { type: 'string' },
      'date-order': { type: 'string' },
      'time-zone': { type: 'string', default: 'UTC' },
      now: { type: 'string' },
      number: { type: 'string', multiple: true, default: [] },
      date: { type: 'string', multiple: true, default: [] },
      text: { type: 'string', multiple: true, default: [] },
      'tag-column': { type: 'string' },
      split: { type: 'string', default: ';' },
      where: { type: 'string', multiple: true, default: [] },
      above: { type: 'string', multiple: true, default: [] },
      below: { type: 'string', multiple: true, default: [] },
    },
  })
  return { ...values, seed: whole('seed', values.seed, 0), size: whole('size', values.size, 100) }
}

function whole(option: string, text: string, least: number): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= least) return number
  throw new UsageError(`--${option} is a whole number from ${least}, not '${text}'`)
}
