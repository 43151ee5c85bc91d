/** Plain JSON that nobody shares yet, frozen through and through: as all values in an engine are. */
export function frozen(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json
  for (const inner of Object.values(json)) frozen(inner)
  return Object.freeze(json)
}
