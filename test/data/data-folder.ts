import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The folder with the public data sets, from the environment variable COTERIE_DATA. Tests pass without it. */
const folder = process.env['COTERIE_DATA']

/** The paths of files of a data set by their names; undefined where one of them is not there. */
export function dataFiles(set: string, ...names: readonly string[]): readonly string[] | undefined {
  const paths = names.map((name) => join(folder ?? '', set, name))
  return folder !== undefined && paths.every((path) => existsSync(path)) ? paths : undefined
}
