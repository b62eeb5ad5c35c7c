import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildXml, childOf, parseXml, textOf, type XmlElement } from '../../workers/wechat/xml.ts';
import { cpuMsOf } from '../support/cpu.ts';

function read(source: string): XmlElement {
  const parsed = parseXml(source);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.root;
}

describe('a callback of WeChat is read', () => {
  test('with its text in CDATA, its numbers plain and white space between the elements', () => {
    const root = read(`<xml><ToUserName><![CDATA[gh_1]]></ToUserName>
      <CreateTime> 1714112445 </CreateTime>
      <MsgId>4561255354251345929</MsgId>
      <Content><![CDATA[ 1 < 2 & <b> ]]></Content>
    </xml>`);
    expect(root.name).toBe('xml');
    expect(textOf(root, 'ToUserName')).toBe('gh_1');
    expect(textOf(root, 'CreateTime')).toBe('1714112445');
    expect(textOf(root, 'MsgId')).toBe('4561255354251345929');
    expect(textOf(root, 'Content')).toBe(' 1 < 2 & <b> ');
    expect(textOf(root, 'Ticket')).toBeNull();
  });

  test('with a declaration, a byte order mark, an attribute and an empty element', () => {
    const root = read(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<xml a="1" b='2'><EventKey/></xml>\n`);
    expect(root).toEqual({ name: 'xml', text: '', children: [{ name: 'EventKey', text: '', children: [] }] });
  });

  test('with the five named entities and numbered ones', () => {
    expect(read('<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x5976;</a>').text).toBe(`<>&"'A奶`);
    // Two halves are a character, one alone is a mark.
    expect(read('<a>&#xD83D;&#xDE00;&#xD800;</a>').text).toBe('😀\uFFFD');
  });

  test('with several List items inside one event', () => {
    const event = read(`<xml><SubscribeMsgSentEvent>
      <List><TemplateId><![CDATA[T1]]></TemplateId></List>
      <List><TemplateId><![CDATA[T2]]></TemplateId></List>
    </SubscribeMsgSentEvent></xml>`);
    const lists = childOf(event, 'SubscribeMsgSentEvent')?.children ?? [];
    expect(lists.map((list) => textOf(list, 'TemplateId'))).toEqual(['T1', 'T2']);
  });

  test('whatever case WeChat wrote a name in, and the exact one first', () => {
    expect(textOf(read('<xml><openid>o1</openid></xml>'), 'OpenID')).toBe('o1');
    expect(textOf(read('<xml><openid>o1</openid><OpenID>o2</OpenID></xml>'), 'OpenID')).toBe('o2');
  });

  test('with names that mean something to JavaScript', () => {
    const root = read('<xml><__proto__><admin>1</admin></__proto__><constructor>x</constructor></xml>');
    expect(textOf(root, 'constructor')).toBe('x');
    expect(textOf(root, 'toString')).toBeNull();
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  test('where a member typed the forbidden words', () => {
    expect(read('<xml><Content><![CDATA[<!DOCTYPE html>]]></Content></xml>').children[0]?.text).toBe(
      '<!DOCTYPE html>',
    );
  });
});

test('what a person typed reaches to the last closing of its element', () => {
  const root = read('<xml><Content><![CDATA[a]]></Content><b>]]></Content><MsgId>1</MsgId></xml>');
  expect(root.children.map(({ name, text }) => [name, text])).toEqual([
    ['Content', 'a]]></Content><b>'],
    ['MsgId', '1'],
  ]);
});

describe('a body is refused', () => {
  test.each([
    ['with a DOCTYPE', '<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml>&x;</xml>'],
    ['with an ENTITY inside', '<xml><!ENTITY x "y"></xml>'],
    ['with a comment', '<xml><!-- hello --></xml>'],
    ['with an unknown entity', '<xml>&nbsp;</xml>'],
    ['with a bare ampersand', '<xml>a & b</xml>'],
    ['with an element that is not closed', '<xml><a></xml>'],
    ['cut short', '<xml><a>1</a>'],
    ['with CDATA that is not closed', '<xml><![CDATA[a</xml>'],
    ['closing more than it opens', '<xml></xml></xml>'],
    ['with two roots', '<xml></xml><xml></xml>'],
    ['with text after the root', '<xml></xml>x'],
    ['with text beside elements', '<xml>x<a>1</a></xml>'],
    ['that is empty', ''],
    ['that is JSON', '{"a":1}'],
    ['with a declaration in the middle', '<xml><?xml version="1.0"?></xml>'],
    ['with a processing instruction', '<?php echo 1 ?><xml></xml>'],
    ['nested 11 deep', '<a>'.repeat(11) + '</a>'.repeat(11)],
    ['of more than a million characters', `<xml>${'x'.repeat(1_048_576)}</xml>`],
  ])('%s', (_, source) => {
    expect(parseXml(source).ok).toBe(false);
  });

  test('in good time, even when it was made to be slow', () => {
    const ms = cpuMsOf(() => {
      parseXml(`<a${' '.repeat(500_000)}`);
      parseXml('<a '.repeat(300_000));
      parseXml('<a>'.repeat(300_000));
      parseXml(`<xml>${'&amp;'.repeat(200_000)}</xml>`);
    });
    expect(ms).toBeLessThan(2000);
  });
});

describe('what we write', () => {
  test('has text in CDATA, numbers plain and lists repeated', () => {
    const xml = buildXml({
      xml: { ToUserName: 'o1', CreateTime: 7, Articles: { item: [{ Title: 'a' }, { Title: 'b' }] } },
    });
    expect(xml).toBe(
      '<xml><ToUserName><![CDATA[o1]]></ToUserName><CreateTime>7</CreateTime><Articles>' +
        '<item><Title><![CDATA[a]]></Title></item><item><Title><![CDATA[b]]></Title></item></Articles></xml>',
    );
  });

  test('cannot be broken out of by a member who types ]]>', () => {
    const words = 'a]]></Content><ToUserName><![CDATA[o2]]></ToUserName>';
    // Read as XML is: of what people typed, WeChat cuts no section in two, and neither does our reader.
    const root = read(buildXml({ xml: { Said: words } }));
    expect(root.children).toEqual([{ name: 'Said', text: words, children: [] }]);
  });

  test('comes back as it was, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(textOf(read(buildXml({ xml: { Said: text } })), 'Said')).toBe(text);
      }),
    );
  });

  test('leaves out characters that XML cannot carry', () => {
    expect(buildXml({ a: 'x\u0000\u000By\uD800' })).toBe('<a><![CDATA[xy\uFFFD]]></a>');
  });

  test('has no element with a name that is not a word', () => {
    expect(() => buildXml({ 'a b': '' })).toThrow('not an element name');
  });
});
