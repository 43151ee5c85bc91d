import { isCoterieError, type ErrorCode } from '../../index.js'

/*
 * What a case demands. Each throws an error that says what was demanded and what was there instead, so that it reads well in any
 * test runner.
 */

/** Demands that two values are the same JSON. */
export function demandSame(received: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(received), JSON.stringify(expected)]
  if (got !== wanted) throw new Error(`${what}: expected ${shortened(wanted)}, received ${shortened(got)}`)
}

/** Demands that something is refused with one of the library's codes. */
export async function demandRefusal(work: () => Promise<unknown>, code: ErrorCode, what: string): Promise<void> {
  let received = 'nothing was thrown'
  try {
    await work()
  } catch (error) {
    if (isCoterieError(error) && error.code === code) return
    received = error instanceof Error ? error.message : String(error)
  }
  throw new Error(`${what}: expected ${code}, received: ${received}`)
}

function shortened(text: string | undefined): string {
  if (text === undefined) return 'undefined'
  return text.length > 300 ? `${text.slice(0, 300)}… (${String(text.length)} characters)` : text
}
