import { join } from 'node:path'

/** Where everything is built to, seen from the root. */
export const built = 'bench/.built'

/** The package there, as somebody installs it. */
export const installedPackage = join(built, 'node_modules', 'coterie')
