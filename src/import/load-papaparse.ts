import { CoterieError } from '../base/errors.js'
import type { Papa } from './papa.js'

/**
 * The CSV parser, loaded when it is first used: whoever imports no file needs none.
 *
 * @throws CoterieError `IMPORT_INVALID` where it is not installed.
 */
export async function loadPapaparse(): Promise<Papa> {
  try {
    const module: { readonly default: unknown } = await import('papaparse')
    return module.default as Papa
  } catch (cause) {
    throw new CoterieError(
      'IMPORT_INVALID',
      'CSV is read with papaparse, which is not installed: npm install papaparse',
      {
        received: 'no papaparse',
        expected: 'the package papaparse, 5.4 or later',
        cause,
      },
    )
  }
}
