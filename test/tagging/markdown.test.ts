import { describe, expect, it } from 'vitest'
import { code, plain } from '../../src/tagging/markdown.js'

describe('a text in Markdown', () => {
  it.each([
    ['a *b* _c_ [d](e) <f> `g` #h | i', 'a \\*b\\* \\_c\\_ \\[d\\](e) \\<f\\> \\`g\\` \\#h \\| i'],
    ['two\nlines\n\n# and more', 'two lines \\# and more'],
    ['- no list', '\\- no list'],
    ['1. no list', '1\\. no list'],
    ['12) no list', '12\\) no list'],
    ['a \\ b & c', 'a \\\\ b \\& c'],
    ['Well-known: 1.5', 'Well-known: 1.5'],
  ])('%j is written %j', (text, written) => {
    expect(plain(text)).toBe(written)
  })

  it.each([
    ['vip', '`vip`'],
    ['a`b', '``a`b``'],
    ['``', '``` `` ```'],
    [' x ', '`  x  `'],
    ['a\nb', '`a b`'],
  ])('%j as code is %j', (text, written) => {
    expect(code(text)).toBe(written)
  })
})
