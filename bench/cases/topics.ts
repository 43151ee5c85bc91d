import type { Topic } from '../lib/case.js'
import { clock } from './clock.js'
import { flat } from './flat.js'
import { live } from './live.js'
import { preview } from './preview.js'

/** All that is measured, in the order of the page. */
export const topics: readonly Topic[] = [preview, live, clock, flat]
