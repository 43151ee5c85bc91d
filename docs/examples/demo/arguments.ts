import { parseArgs } from 'node:util'

export const help = `Live segments of a company's contacts, in the terminal.

  npm run demo                       a company made up from a seed, and ninety days of its life
  npm run demo -- --seed 7           another company
  npm run demo -- --size 20000       a larger one (default 4000)
  npm run demo -- --contacts FILE    your own contacts, from a CSV file

For your own file (a column is named as in its header):

  --id COLUMN          the column that names the contact; default: the first whose values are all there and all different
  --delimiter C        between cells; default: found out
  --decimal C          the decimal mark of numbers, . or ,   (default .)
  --date-order ORDER   of dates such as 03/04/2026: dmy or mdy; default: only YYYY-MM-DD is a date
  --time-zone ZONE     of dates without an offset (default UTC)
  --missing TEXT       a cell that means nothing is known, such as NULL; may come several times
  --text COLUMN        read as text, whatever is in it (phone numbers, codes); may come several times
  --tag-column COLUMN  holds tags; may come several times
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
      'date-order': { type: 'string' },
      'time-zone': { type: 'string' },
      missing: { type: 'string', multiple: true },
      text: { type: 'string', multiple: true },
      'tag-column': { type: 'string', multiple: true },
      split: { type: 'string' },
      where: { type: 'string', multiple: true },
      above: { type: 'string', multiple: true },
      below: { type: 'string', multiple: true },
    },
  })
  return { ...values, seed: whole('seed', values.seed, 0), size: whole('size', values.size, 100) }
}

function whole(option: string, text: string, least: number): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= least) return number
  throw new UsageError(`--${option} is a whole number from ${least}, not '${text}'`)
}
