import type { Topic } from '../lib/case.js'
import { asking } from './asking.js'
import { bot } from './bot.js'
import { clock } from './clock.js'
import { cores } from './cores.js'
import { flat } from './flat.js'
import { live } from './live.js'
import { memory } from './memory.js'
import { preview } from './preview.js'
import { size } from './size.js'
import { soak } from './soak.js'
import { storage } from './storage.js'
import { worst } from './worst.js'

/** All that is measured, in the order of the page. */
export const topics: readonly Topic[] = [
  preview,
  live,
  asking,
  bot,
  memory,
  clock,
  size,
  flat,
  worst,
  cores,
  soak,
  storage,
]
