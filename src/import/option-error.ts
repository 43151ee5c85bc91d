import { CoterieError, show, type Path } from '../base/errors.js'

/** The error for an option that cannot be what it is. */
export function optionError(path: Path, received: unknown, expected: string): CoterieError {
  return new CoterieError('OPTION_INVALID', `The option ${path.join('.')} is wrong`, {
    path,
    received: show(received),
    expected,
  })
}
