import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface Settings {
  /** The names of the topics; all but those on request, where none is named. */
  readonly topics: readonly string[]
  /** Numbers of contacts and of segments in place of the usual ones. */
  readonly contacts: number | undefined
  readonly segments: number | undefined
  /** How many changes a soak makes. */
  readonly changes: number | undefined
  readonly peers: boolean
  /** Whether that is measured too which takes long. */
  readonly long: boolean
  /** Only subjects whose name holds this. */
  readonly subject: string | undefined
  readonly profile: boolean
  /** Whether times are those of the processor instead of the clock. */
  readonly cpu: boolean
  /** Whether the tables go into docs/performance.md. */
  readonly write: boolean
  readonly help: boolean
}

export const usage = `npm run bench -- [topic …] [options]

  --contacts N   N contacts instead of the usual numbers
  --segments S   S segments instead of the usual numbers
  --changes N    N changes in a soak instead of ten million
  --no-peers     coterie alone
  --long         what takes long too: all peers at all sizes, many cores, storages, a thousand rules over the whole clock, more bots
  --subject TEXT only subjects whose name holds TEXT
  --cpu          the processor's time instead of the clock's, for a busy machine
  --profile      a CPU profile of each process, and its costliest functions
  --write        put the tables into docs/performance.md; only of whole topics at the usual numbers`

/** Reads the command line. Throws for an option that is not known, a number that is none, or tables to write that are not whole. */
export function readSettings(argv: readonly string[]): Settings {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    allowNegative: true,
    options: {
      contacts: { type: 'string' },
      segments: { type: 'string' },
      changes: { type: 'string' },
      peers: { type: 'boolean', default: true },
      long: { type: 'boolean', default: false },
      subject: { type: 'string' },
      profile: { type: 'boolean', default: false },
      cpu: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const isPart = [values.contacts, values.segments, values.changes, values.subject].some((value) => value !== undefined)
  if (values.write && (isPart || !values.peers || values.cpu))
    throw new Error('--write takes whole topics, at the usual numbers, with the peers, by the clock')
  return {
    ...values,
    topics: positionals,
    subject: values.subject,
    contacts: numberOf('contacts', values.contacts),
    segments: numberOf('segments', values.segments),
    changes: numberOf('changes', values.changes),
  }
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text.replaceAll(/[_,]/g, ''))
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`--${name} takes a whole number, not ${text}`)
}

/** The numbers to measure at: the usual ones, or the one that was asked for. */
export function sizes(asked: number | undefined, ...usual: readonly number[]): readonly number[] {
  return asked === undefined ? usual : [asked]
}
