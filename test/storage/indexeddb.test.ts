import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { indexedDbStorage } from 'coterie/storage/indexeddb'
import { storageConformance } from 'coterie/testing'
import { build } from 'esbuild'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal } from '../engine/scene.js'
import { hasProgram } from './databases/not-run.js'

/*
 * The suite over IndexedDB in a real Chromium, where there is one; nothing that runs inside this process is the real thing.
 */

const executablePath = process.env['COTERIE_CHROMIUM'] ?? '/usr/bin/chromium'
const hasChromium = hasProgram('the suite over IndexedDB in Chromium', executablePath)

describe('IndexedDB', () => {
  it('is asked for where there is none', () => {
    expect(refusal(() => indexedDbStorage()).code).toBe('OPTION_INVALID')
  })
})

describe.skipIf(!hasChromium)('IndexedDB in Chromium', () => {
  let server: Server
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: ['test/storage/indexeddb-page.ts'],
      bundle: true,
      format: 'esm',
      write: false,
      alias: {
        coterie: './src/index.ts',
        'coterie/testing': './src/testing/index.ts',
        'coterie/storage/indexeddb': './src/storage/indexeddb/index.ts',
      },
    })
    const script = outputFiles[0]?.text ?? ''
    server = createServer((request, response) => {
      const isScript = request.url === '/page.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? script : '<script type="module" src="/page.js"></script>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
    ]
    browser = await chromium.launch({ executablePath, args })
    page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${String(port)}/`)
    await page.waitForFunction('globalThis.runCase !== undefined')
  })

  afterAll(async () => {
    await browser.close()
    server.close()
  })

  // Only the names are needed here; the cases themselves run in the page.
  const names = storageConformance({ create: () => Promise.reject(new Error('not here')) }).map(({ name }) => name)
  it.each(names)('%s', async (name) => {
    expect(await page.evaluate(`runCase(${JSON.stringify(name)})`)).toBeUndefined()
  })

  it('goes on when the browser has room again', async () => {
    // A browser remembers for a while how much room there was: one that was never asked.
    const context = await browser.newContext()
    const other = await context.newPage()
    await other.goto(page.url())
    await other.waitForFunction('globalThis.fillUp !== undefined')
    const session = await context.newCDPSession(other)
    const { origin } = new URL(other.url())
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000_000 })
    expect(await other.evaluate('fillUp()')).toBe('STORAGE_STOPPED')
    await session.send('Storage.overrideQuotaForOrigin', { origin })
    expect(await other.evaluate('goOn()')).toBeUndefined()
    await context.close()
  })
})
