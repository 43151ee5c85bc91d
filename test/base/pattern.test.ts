import { describe, expect, it } from 'vitest'
import { CoterieError } from '../../src/base/errors.js'
import { compilePattern } from '../../src/base/pattern.js'

function found(source: string, ...texts: string[]): boolean[] {
  const pattern = compilePattern(source)
  return texts.map((text) => pattern.test(text))
}

function refusal(source: string): CoterieError {
  try {
    compilePattern(source)
  } catch (error) {
    if (error instanceof CoterieError) return error
    throw error
  }
  throw new Error(`${source.slice(0, 80)} was not refused`)
}

describe('what a pattern means', () => {
  it.each<[string, string[], string[]]>([
    ['', ['', 'a'], []],
    ['lo', ['hello', 'lo'], ['l', 'Lo', '']],
    ['^lo', ['low'], ['hello']],
    ['lo$', ['hello'], ['low', 'lo\n']],
    ['^a$', ['a'], ['a\na', '\na', 'aa']],
    ['^$', [''], ['a', '\n']],
    ['$^', [''], ['a']],
    ['a^b|$', ['', 'x'], []],
    ['a^b', [], ['ab', 'a^b']],
    ['a.c', ['abc', 'a\nc', 'a😀c'], ['ac', 'abbc']],
    ['^.$', ['😀', '\ufffe'], ['e\u0301']],
    ['[a-c]x', ['ax', 'cx'], ['dx', 'x']],
    ['^[^a-c]$', ['d', '\n', '😀'], ['a', 'c', '']],
    ['^[-a]+$', ['-a', 'a-'], ['b']],
    ['^[a-]+$', ['-a'], ['b']],
    ['^[--/]+$', ['-./'], [',', '0']],
    ['^[\\]\\\\\\^-]+$', [']\\^-'], ['a']],
    ['^[a^[.*+?|$(){}]+$', ['a^[.*+?|$(){}'], ['b']],
    ['^[\\d_\\-]+$', ['1_-'], ['a']],
    ['^[\\D]$', ['a', 'é'], ['1']],
    ['^[^\\s\\S]$', [], ['a', ' ']],
    ['^[😀-😂]$', ['😁'], ['😃', '\ud83d']],
    ['^\\d\\w\\s$', ['1_ ', '9Z\t', '0a\v'], ['aa ', '1- ', '1a', '1a\u00a0']],
    ['^\\D\\W\\S$', ['a-a', 'é é', '٣é😀'], ['1-a', 'aaa', 'a- ']],
    ['\\n\\t\\r', ['\n\t\r'], ['ntr']],
    ['^\\.\\*\\\\\\/\\-\\_\\~$', ['.*\\/-_~'], ['a*\\/-_~']],
    ['cat|dog', ['cat', 'hotdog'], ['cow', 'ca|do']],
    ['^(a|b|)$', ['a', 'b', ''], ['c']],
    ['^(?:ab)+$', ['ab', 'abab'], ['', 'aba']],
    ['^ab*$', ['a', 'abbb'], ['ba']],
    ['^(a*)*$', ['', 'aaa'], ['b']],
    ['^(a*)+$', ['', 'aaa'], ['b']],
    ['^(a|b?)+c$', ['c', 'abac'], ['ad']],
    ['^()*$', [''], ['a']],
    ['^($|a)*$', ['', 'aa'], ['b']],
    ['^(^a)*$', ['', 'a'], ['aa']],
    ['^a?b$', ['b', 'ab'], ['aab']],
    ['^a{2}$', ['aa'], ['a', 'aaa']],
    ['^a{2,}$', ['aa', 'aaaaa'], ['a']],
    ['^a{0,}$', ['', 'aaa'], ['b']],
    ['^a{1,}$', ['a', 'aaa'], ['']],
    ['^a{1,3}$', ['a', 'aaa'], ['', 'aaaa']],
    ['^a{0,2}b$', ['b', 'aab'], ['aaab']],
    ['^a{0}b$', ['b'], ['ab']],
    ['^(a{2}){2}$', ['aaaa'], ['aaa', 'aaaaa']],
    ['^(a|bc){2,3}$', ['abc', 'bcbcbc', 'aa'], ['a', 'aaaa']],
    ['😀+$', ['😀😀'], ['\ude00']],
    ['^\\w+@(company|example)\\.com$', ['ada@company.com'], ['ada@company.org', '@company.com']],
  ])('%s', (source, yes, no) => {
    expect(found(source, ...yes)).toEqual(yes.map(() => true))
    expect(found(source, ...no)).toEqual(no.map(() => false))
  })

  it('says the same of a text each time', () => {
    const pattern = compilePattern('^(a|b)*c$')
    const texts = ['abc', 'ab', 'c', '', 'abcc', 'äc']
    const first = texts.map((text) => pattern.test(text))
    expect(first).toEqual([true, false, true, false, false, false])
    expect(texts.map((text) => pattern.test(text))).toEqual(first)
  })

  it('keeps its source', () => {
    expect(compilePattern('a|b').source).toBe('a|b')
  })
})

describe('ignoring case', () => {
  it.each<[string, string[], string[]]>([
    ['^ada$', ['ADA', 'Ada', 'ada'], ['adam']],
    ['^ADA$', ['ADA', 'Ada', 'ada'], []],
    ['^[a-c]$', ['B', 'b'], ['D', '_']],
    ['^[A-C]$', ['B', 'b'], ['d']],
    ['^οδος$', ['ΟΔΟς', 'οδος'], ['ΟΔΟΣ']],
    ['^οδοσ$', ['ΟΔΟΣ', 'οδοσ'], ['οδος']],
    ['^i$', ['İ', 'I', 'i'], ['ı']],
    ['^k$', ['\u212a', 'K'], []],
    ['^ß$', ['ẞ'], ['ss']],
    ['^\u{10400}$', ['\u{10428}'], []],
    ['^\\w$', ['\u212a', 'İ'], ['é']],
    ['^[^aA]$', ['b', 'B'], ['a', 'A']],
    ['^\\D$', ['a', 'A'], ['1']],
  ])('%s', (source, yes, no) => {
    const pattern = compilePattern(source)
    expect(yes.map((text) => pattern.test(text, true))).toEqual(yes.map(() => true))
    expect(no.map((text) => pattern.test(text, true))).toEqual(no.map(() => false))
  })

  it('lets a complement take a letter of which it takes the other case', () => {
    const pattern = compilePattern('^[^a]$')
    expect([pattern.test('A'), pattern.test('a')]).toEqual([true, false])
    expect([pattern.test('A', true), pattern.test('a', true)]).toEqual([true, true])
  })
})

describe('what is refused, and where', () => {
  it.each<[string, number]>([
    ['(', 1],
    ['(a', 2],
    ['a|(b', 4],
    [')', 0],
    ['a)', 1],
    ['(a))', 3],
    ['[', 1],
    ['[a', 2],
    ['[a-', 3],
    ['[]', 1],
    ['[]a]', 1],
    ['[^]', 2],
    [']', 0],
    ['}', 0],
    ['[z-a]', 2],
    ['[a-\\d]', 2],
    ['[\\w-.]', 3],
    ['[a-b-c]', 4],
    ['[[:alpha:]]', 10],
    ['*', 0],
    ['a|*', 2],
    ['(+a)', 1],
    ['?', 0],
    ['{2}', 0],
    ['^*', 1],
    ['a$+', 2],
    ['a**', 2],
    ['a*?', 2],
    ['a++', 2],
    ['a{2}?', 4],
    ['a{2}{3}', 4],
    ['a{', 1],
    ['a{}', 1],
    ['a{,3}', 1],
    ['a{x}', 1],
    ['a{1', 1],
    ['a{ 1}', 1],
    ['a{-1}', 1],
    ['a{3,2}', 1],
    ['a{1001}', 1],
    ['a{0,1001}', 1],
    ['a{1001,}', 1],
    [`a{${'9'.repeat(400)}}`, 1],
    ['\\', 1],
    ['[\\', 2],
    ['\\b', 1],
    ['\\B', 1],
    ['\\A', 1],
    ['\\z', 1],
    ['\\p{L}', 1],
    ['(a)\\1', 4],
    ['\\0', 1],
    ['\\x41', 1],
    ['\\u0041', 1],
    ['\\f', 1],
    ['\\ ', 1],
    ['\\é', 1],
    ['[\\b]', 2],
    ['(?=a)', 1],
    ['(?!a)', 1],
    ['(?<=a)', 1],
    ['(?<!a)', 1],
    ['(?<name>a)', 1],
    ['(?P<name>a)', 1],
    ['(?i)a', 1],
    ['(?>a)', 1],
    ['(?', 1],
    ['😀)', 2],
  ])('%s', (source, position) => {
    const error = refusal(source)
    expect(error.code).toBe('PATTERN_INVALID')
    expect(error.position).toBe(position)
    expect(error.received).toMatch(/./)
    expect(error.expected).toMatch(/./)
  })

  it('says what stands there', () => {
    expect(refusal('a)').received).toBe('")"')
    expect(refusal('(a').received).toBe('the end')
    expect(refusal('a{1001}').received).toBe('"{1001}"')
    expect(refusal('(a').expected).toBe(') for the ( at 0')
  })
})
