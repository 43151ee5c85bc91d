import { writeFileSync } from 'node:fs'
import { generatedFiles } from './generated-files.js'

for (const [path, text] of generatedFiles()) writeFileSync(path, text)
