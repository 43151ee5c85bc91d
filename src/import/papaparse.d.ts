import type { Papa } from './papa.js'

declare const papa: Papa
export default papa
