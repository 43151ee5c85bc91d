// Hosts that run no files: a worker of workerd, and a page in Chromium.

import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { entryPointsUsed, kinds, scenario, type Kind } from './everywhere-scenario.js'
import type { Packed } from './packed.js'

const execute = promisify(execFile)

const chromiumPath = process.env['COTERIE_CHROMIUM'] ?? '/usr/bin/chromium'

/** Where Chromium is; `undefined` where there is none. */
export const chromiumAt = existsSync(chromiumPath) ? chromiumPath : undefined

/** The scenario and all that it uses of the package, as one file. */
async function bundled(packed: Packed, kind: Kind, file: string, format: 'esm' | 'iife'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(packed.project, file)],
    bundle: true,
    format,
    platform: 'neutral',
    conditions: [kind === 'module' ? 'import' : 'require'],
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

const workerConfig = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
))]);
`

/** What the scenario prints as a test of a worker. */
export async function inWorkerd(packed: Packed, command: string, kind: Kind): Promise<string> {
  const file = `worker-${kinds[kind]}`
  writeFileSync(join(packed.project, file), scenario(kind, 'is a test of a worker'))
  writeFileSync(join(packed.project, 'worker.js'), await bundled(packed, kind, file, 'esm'))
  writeFileSync(join(packed.project, 'workerd.capnp'), workerConfig)
  const { stdout } = await execute(command, ['test', 'workerd.capnp'], { cwd: packed.project, timeout: 120_000 })
  return stdout.trim()
}

/**
 * What the scenario prints in a page of Chromium: as a module it imports the packed files themselves, by an import map; of
 * CommonJS, which a page has not, a bundle.
 */
export async function inChromium(packed: Packed, kind: Kind): Promise<string> {
  if (chromiumAt === undefined) throw new Error('there is no Chromium')
  const script = kind === 'module' ? scenario(kind) : await bundled(packed, kind, kinds[kind], 'iife')
  const server = await serve(packed, pageOf(kind), script)
  const browser = await chromium.launch({
    executablePath: chromiumAt,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  })
  try {
    const page = await browser.newPage()
    const printed = new Promise<string>((resolve, reject) => {
      page.on('console', (message) => {
        if (message.type() === 'log') resolve(message.text())
        else if (message.type() === 'error') reject(new Error(message.text()))
      })
      page.on('pageerror', reject)
    })
    await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`)
    return (await printed).trim()
  } finally {
    await browser.close()
    server.close()
  }
}

function pageOf(kind: Kind): string {
  const imports = Object.fromEntries(
    entryPointsUsed.map((name) => {
      const file = name === 'coterie' ? 'index' : name.slice('coterie/'.length)
      return [name, `/node_modules/coterie/dist/${file}.js`]
    }),
  )
  const map = kind === 'module' ? `<script type="importmap">${JSON.stringify({ imports })}</script>` : ''
  return `<!doctype html><link rel="icon" href="data:,">${map}<script type="module" src="/scenario.js"></script>`
}

function serve({ project }: Packed, page: string, script: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(request.url ?? '/')
    response.setHeader('content-type', path === '/' ? 'text/html' : 'text/javascript')
    if (path === '/') response.end(page)
    else if (path === '/scenario.js') response.end(script)
    else if (path.startsWith('/node_modules/coterie/')) response.end(readFileSync(join(project, path)))
    else response.writeHead(404).end()
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
