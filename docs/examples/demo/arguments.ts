import { parseArgs } from 'node:util'

export const help = `Live segments of a company's contacts, in the terminal.

  npm run demo                       a company made up from a seed, and ninety days of its life
  npm run demo -- --seed 7           another company
  npm run demo -- --size 20000       a larger one (default 4000)
  npm run demo -- --contacts FILE    your own contacts, from a CSV file

For your own file (a column is named as in its header):

  --id COLUMN          names the contact; default: the first column with another value in every row
  --delimiter C        between cells; default: found out
  --decimal C          the decimal mark of numbers, . or ,
  --thousands C        stands between the thousands of numbers
  --date-order ORDER   of year, month and day: ymd, dmy or mdy; default: the one that fits all
  --time-zone ZONE     of dates without an offset (default UTC)
  --now DATE           where the clock begins; default: the day after the latest date of the file
  --number COLUMN, --date COLUMN, --text COLUMN
                       read as such, and rows that do not fit are refused; may come several times;
                       default: numbers or dates where every cell is one, otherwise texts
  --tag-column COLUMN  holds tags
  --split C            between the tags of a cell (default ;)

  --where COLUMN=TEXT, --above COLUMN=NUMBER, --below COLUMN=NUMBER
                       a segment of your own: all that are given must hold

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
      id: { type: 'string' },
      delimiter: { type: 'string' },
      decimal: { type: 'string' },
      thousands: { type: 'string' },
      'date-order': { type: 'string' },
      'time-zone': { type: 'string' },
      now: { type: 'string' },
      number: { type: 'string', multiple: true, default: [] },
      date: { type: 'string', multiple: true, default: [] },
      text: { type: 'string', multiple: true, default: [] },
      'tag-column': { type: 'string' },
      split: { type: 'string' },
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
