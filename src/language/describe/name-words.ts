/** A name as words: `leadScore`, `lead_score` and `lead-score` are all `lead score`; what is not written so stays as it is. */
export function nameWords(name: string): string {
  if (!/^[\p{L}\p{N}_-]+$/u.test(name)) return name
  const words = name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
  const told = words.map((word) => (/^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word)).join(' ')
  return told === '' ? name : told
}
