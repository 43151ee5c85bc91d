import { cpus, totalmem } from 'node:os'

/** What the figures were measured on, and when. */
export function machine(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const date = new Date().toISOString().slice(0, 10)
  return `Measured on ${date}: Node ${process.version.slice(1)}, ${first?.model.trim() ?? 'an unknown processor'}, ${cpus().length} cores of which one is used, ${memory} GiB.`
}
