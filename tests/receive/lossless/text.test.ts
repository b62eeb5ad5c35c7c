/** 编码, 表单 and XML: bytes become text in one way only. */
import { describe, expect, test } from 'vitest';
import { decodeUrl, parseForm } from '../../../workers/receive/lossless/form.ts';
import { decodeText } from '../../../workers/receive/lossless/text.ts';
import { listOf, replaceAt, valueAt } from '../../../workers/receive/lossless/tree.ts';
import { parseXml } from '../../../workers/receive/lossless/xml.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('a charset', () => {
  test('GBK is read where it is named, and where it is all that fits', () => {
    expect(decodeText(bytes('c4cfbea9c2b7b5ea'), 'GBK')).toBe('南京路店');
    expect(decodeText(bytes('c4cfbea9c2b7b5ea'), null)).toBe('南京路店');
    expect(decodeText(bytes('c4cfbea9c2b7b5ea'), 'utf-8')).toBe('南京路店');
  });
  test('a byte order mark is no part of the text', () => {
    expect(decodeText(bytes('efbbbf7b7d'), 'utf-8')).toBe('{}');
  });
  test('bytes that are neither are nothing', () => {
    expect(decodeText(bytes('ffffff'), null)).toBeNull();
  });
});

describe('a form', () => {
  test('+ is a space and %20 is another', () => {
    expect([...(parseForm('biz=%7B%22a%22%3A%221+2%22%7D&n=a%20b%2B') ?? [])]).toEqual([
      ['biz', '{"a":"1 2"}'],
      ['n', 'a b+'],
    ]);
  });
  test('escapes in GBK are read as GBK', () => {
    expect(decodeUrl('%C4%CF%BE%A9', 'gbk')).toBe('南京');
    expect(decodeUrl('%E5%8D%97%E4%BA%AC')).toBe('南京');
  });
  test('a field that stands twice, a broken escape and too many fields are no form', () => {
    expect(parseForm('a=1&a=2')).toBeNull();
    expect(parseForm('a=%zz')).toBeNull();
    expect(parseForm('a=%4')).toBeNull();
    expect(parseForm('__proto__=1')).toBeNull();
    expect(parseForm(Array.from({ length: 201 }, (_, place) => `f${place}=1`).join('&'))).toBeNull();
  });
});

describe('XML', () => {
  test('elements, attributes and repeated elements are a tree of text', () => {
    const parsed = parseXml(
      '<?xml version="1.0"?><r a="1"><n>001</n><l>1</l><l><![CDATA[<2>]]></l><t>&#x4E2D;&amp;</t></r>',
    );
    expect(parsed).toEqual({
      ok: true,
      repeated: null,
      twice: null,
      tree: { r: { a: '1', n: '001', l: ['1', '<2>'], t: '中&' } },
    });
  });
  test.each([
    ['a document type', '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>'],
    ['an entity of its own', '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1/">]><r>&x;</r>'],
    ['a billion laughs', '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'],
    ['a prototype', '<r><__proto__><isAdmin>1</isAdmin></__proto__></r>'],
    ['too many levels', '<a>'.repeat(40) + '</a>'.repeat(40)],
    ['two roots', '<a/><b/>'],
    ['no end', '<a><b></a>'],
    ['nothing', ''],
    ['JSON', '{"a":1}'],
    ['a million characters and more', `<a>${'x'.repeat(1_000_001)}</a>`],
  ])('%s is refused', (_, text) => {
    expect(parseXml(text).ok).toBe(false);
  });
  test('a half of a character or a control character, bare or by number, loses no receipt; two halves are the character', () => {
    expect(
      parseXml('<r><a>&#55357;&#56832;</a><b>茶&#xD83D;</b><c>茶\u000B&#11;</c><d>茶\uD83D</d></r>'),
    ).toMatchObject({
      tree: { r: { a: '😀', b: '茶\uFFFD', c: '茶\uFFFD\uFFFD', d: '茶\uFFFD' } },
    });
  });
  test('prefixes and namespaces are left out; an attribute stands before an element of its name', () => {
    expect(parseXml('<s:r xmlns:s="u" xmlns="v" s:a="1"><s:a>2</s:a><b> x </b>y</s:r>')).toMatchObject({
      tree: { r: { a: '1', b: 'x', text: 'y' } },
    });
  });
  test('an entity that nobody declared stays as it is written', () => {
    expect(parseXml('<r>&secret;</r>')).toMatchObject({ tree: { r: '&secret;' } });
  });
});

describe('a path', () => {
  test('enters own properties and places in lists, and nothing else', () => {
    const tree = { a: [{ b: '1' }], s: 'text' };
    expect(valueAt(tree, ['a', '0', 'b'])).toBe('1');
    for (const path of [
      ['constructor'],
      ['__proto__'],
      ['a', 'length'],
      ['s', 'length'],
      ['a', '-1'],
      ['toString', 'name'],
    ]) {
      expect(valueAt(tree, path)).toBeUndefined();
    }
  });
  test('one element alone is a list of one', () => {
    expect([listOf('x'), listOf(['x']), listOf(null), listOf(undefined), listOf('')]).toEqual([
      ['x'],
      ['x'],
      [],
      [],
      [],
    ]);
  });
  test('a value is replaced where it stands, and only there', () => {
    const tree = { a: [{ b: '1' }, { b: '2' }] };
    expect(replaceAt(tree, ['a', '1', 'b'], '3')).toEqual({ a: [{ b: '1' }, { b: '3' }] });
    expect(replaceAt(tree, ['x', 'y'], '3')).toBe(tree);
  });
});
