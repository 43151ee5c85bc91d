/*
 * What has to happen at once, as scripts that Redis runs without anything in between. Each first looks whether the writer is still
 * the one. Numbers are written as whole ones: Lua would write large ones with an exponent.
 */

const fenced = `
if redis.call('HGET', KEYS[1], 'writer') ~= ARGV[1] then return 'FENCED' end
local function whole(number) return string.format('%.0f', number) end`

/** KEYS: standing. Makes a new writer; returns its number, and the format of what is there. */
export const begin = `
redis.call('HSETNX', KEYS[1], 'format', ARGV[1])
return { redis.call('HINCRBY', KEYS[1], 'writer', 1), redis.call('HGET', KEYS[1], 'format') }`

/** KEYS: standing, journal. ARGV: writer, first position, texts. */
export const append = `${fenced}
local first = tonumber(ARGV[2])
if tonumber(redis.call('HGET', KEYS[1], 'last') or '0') + 1 ~= first then return 'GAP' end
for place = 3, #ARGV do
  redis.call('XADD', KEYS[2], whole(first + place - 3) .. '-0', 'data', ARGV[place])
end
redis.call('HSET', KEYS[1], 'last', whole(first + #ARGV - 3))
return 'OK'`

/** KEYS: standing. ARGV: writer. */
export const check = `${fenced}
return 'OK'`

/** KEYS: standing, journal. ARGV: writer, the first position that stays. */
export const drop = `${fenced}
redis.call('XTRIM', KEYS[2], 'MINID', ARGV[2] .. '-0')
return 'OK'`

/** KEYS: standing, parts. ARGV: writer, name of the snapshot, its next part. */
export const addPart = `${fenced}
redis.call('HSET', KEYS[1], 'making', ARGV[2])
redis.call('RPUSH', KEYS[2], ARGV[3])
return 'OK'`

/** KEYS: standing, parts of the new and of the old snapshot. ARGV: writer, name, position, how many parts. */
export const putSnapshot = `${fenced}
redis.call('HSET', KEYS[1], 'snapshot', ARGV[2], 'position', ARGV[3], 'parts', ARGV[4])
redis.call('HDEL', KEYS[1], 'making')
if KEYS[2] ~= KEYS[3] then redis.call('DEL', KEYS[3]) end
return 'OK'`

/** KEYS: standing, journal being made. ARGV: writer, then position and text by turns. */
export const copy = `${fenced}
for place = 2, #ARGV, 2 do
  redis.call('XADD', KEYS[2], ARGV[place] .. '-0', 'data', ARGV[place + 1])
end
return 'OK'`

/** KEYS: standing, journal being made, journal. ARGV: writer. */
export const putJournal = `${fenced}
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[3]) end
return 'OK'`

/** KEYS: standing, what is to go. ARGV: writer. */
export const remove = `${fenced}
redis.call('DEL', KEYS[2])
return 'OK'`
