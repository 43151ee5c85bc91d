import { Temporal } from 'temporal-polyfill'
import { epochDayOfPlain, temporalStartOfDay } from '../base/zones.js'

/** A local day, `YYYY-MM-DD`, of a zone, and when it begins. */
export type ZoneDay = [zone: string, day: string, start: number]

const known = new Map<string, readonly ZoneDay[]>()

/** The local days of a zone from one to another, as Temporal has them: made once, for that takes its time. */
export function zoneDays(zone: string, from: string, to: string): readonly ZoneDay[] {
  const key = `${zone} ${from} ${to}`
  const days = known.get(key) ?? newDays(zone, from, to)
  known.set(key, days)
  return days
}

function newDays(zone: string, from: string, to: string): readonly ZoneDay[] {
  const first = Temporal.PlainDate.from(from)
  const count = first.until(to, { largestUnit: 'days' }).days + 1
  return Array.from({ length: count }, (_, place): ZoneDay => {
    const day = first.add({ days: place })
    return [zone, day.toString(), temporalStartOfDay(zone, epochDayOfPlain(day))]
  })
}
