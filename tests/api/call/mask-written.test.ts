/** 脱敏: what a till wrote as a form, as XML, as a table or as JSON inside a text hides the same as an object would. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskBody, maskText } from '../../../workers/views/mask.ts';
import { maskSecrets } from '../../../workers/views/mask-secrets.ts';

/** As a body is stored that came before there was a mapping. */
const undecoded = (text: string): string => {
  const shown: unknown = JSON.parse(maskBody(JSON.stringify({ undecoded: text }), 'unmapped'));
  return String((shown as { undecoded: unknown }).undecoded);
};

test.each([
  ['as digits', 'mobile=13912345487&amount=100', 'mobile=139****5487&amount=100'],
  ['with +86, escaped', 'mobile=%2B86+139-1234-5487', 'mobile=%2B86+139****5487'],
  ['in groups, escaped', 'tel=139%201234%205487&no=A1', 'tel=139****5487&no=A1'],
  ['every digit escaped', 'm=%31%33%39%31%32%33%34%35%34%38%37', 'm=139****5487'],
  ['under a name of its own', 'x_9=13912345487', 'x_9=139****5487'],
  [
    'as JSON in a field',
    'biz={"mobile":"13912345487","n":1.10}',
    'biz=%7B%22mobile%22%3A%22139****5487%22%2C%22n%22%3A1.10%7D',
  ],
  [
    'in an address',
    'https://till.example/pay?phone=139+1234+5487&no=1',
    'https://till.example/pay?phone=139****5487&no=1',
  ],
])('a phone in a form, %s, is masked and the rest stays as it was written', (_, sent, shown) => {
  expect(undecoded(sent)).toBe(shown);
  expect(maskBody(sent, 'unmapped')).toBe(shown);
});

test('a form hides names, addresses, WeChat ids, signatures and tokens as well', () => {
  const sent = String(
    new URLSearchParams({
      memberName: '陈小满',
      name: '陈小满',
      address: '天河路1号',
      openid: 'oMemberChenXiaoman',
      sign: 'c0ffee',
      access_token: 'secret',
      goods: '奶粉 2 罐',
    }),
  );
  const fields = Object.fromEntries(new URLSearchParams(maskBody(sent, 'unmapped')));
  expect(fields).toEqual({
    memberName: '陈**',
    name: '陈**',
    address: '****',
    openid: 'oMem****',
    sign: '****',
    access_token: '****',
    goods: '奶粉 2 罐',
  });
});

test('a field in a charset we cannot read here is hidden when its name is personal', () => {
  expect(maskBody('memberName=%B3%C2%D0%A1%C2%FA&no=A1', 'unmapped')).toBe('memberName=****&no=A1');
});

test('XML hides by the name of the element or attribute, escaped digits and CDATA included', () => {
  const sent =
    '<?xml version="1.0"?><order no="A1" phone="13912345487"><!-- 13912345487 --><member><name>陈小满</name><mobile>&#49;3912345487</mobile></member>' +
    '<ns:address><![CDATA[天河路1号]]></ns:address><goods><name>奶粉 &amp; 尿裤</name></goods><sign>c0ffee</sign><empty/></order>';
  expect(maskBody(sent, 'unmapped')).toBe(
    '<?xml version="1.0"?><order no="A1" phone="139****5487"><!-- 139****5487 --><member><name>陈**</name><mobile>139****5487</mobile></member>' +
      '<ns:address><![CDATA[****]]></ns:address><goods><name>奶粉 &amp; 尿裤</name></goods><sign>****</sign><empty/></order>',
  );
});

test('a table hides the columns whose headings name a person', () => {
  const sent = '单号,会员姓名,手机号,备注\nA1,陈小满,13912345487,"送货, 13912345487"\nA2,"李, 雷",,自提';
  expect(maskBody(sent, 'unmapped')).toBe(
    '单号,会员姓名,手机号,备注\nA1,陈**,139****5487,"送货, 139****5487"\nA2,"李**",,自提',
  );
});

test('JSON that broke off hides what can still be told apart', () => {
  const sent = '{"no":"A1","customer":{"name":"陈小满","mobile":13912345487,"address":"天河路1';
  expect(undecoded(sent)).not.toMatch(/陈小满|13912345487/);
  expect(undecoded(sent)).toContain('"no":"A1"');
});

test('Chinese field names are known', () => {
  const sent = {
    手机号: '13912345487',
    会员姓名: '陈小满',
    收货地址: '天河路1号',
    商品名称: '奶粉',
    生日: '1990-01-01',
  };
  expect(JSON.parse(maskBody(JSON.stringify(sent), 'sale.completed'))).toEqual({
    手机号: '139****5487',
    会员姓名: '陈**',
    收货地址: '****',
    商品名称: '奶粉',
    生日: '****',
  });
});

test.each([
  '139.1234.5487',
  '(139)1234-5487',
  '１３９１２３４５４８７',
  '139\u200b12345487',
  '0086 139 1234 5487',
])('a phone written %s is found in any text', (phone) => {
  expect(maskText(`打${phone}找店长`)).not.toContain(phone);
  expect(maskText(`打${phone}找店长`)).toMatch(/\*{4}.*找店长$/);
});

test('an equals sign, an angle bracket or a comma alone changes nothing', () => {
  for (const text of [
    'a=b',
    'YWJjZA==',
    '1 < 2',
    '满100减20, 送积分',
    '?',
    '',
    '=',
    '&',
    '[门店自提]',
    '{自提}',
  ]) {
    expect([text, undecoded(text)]).toEqual([text, text]);
  }
});

test('no phone survives in a form, in XML or in JSON in a form, however deep', () => {
  const phones = fc.stringMatching(/^1[3-9]\d{9}$/);
  const wrap = fc.array(fc.constantFrom('form', 'json', 'xml'), { maxLength: 6 });
  fc.assert(
    fc.property(phones, wrap, (phone, layers) => {
      let text = phone;
      for (const layer of layers) {
        if (layer === 'form') text = String(new URLSearchParams({ data: text, no: 'A1' }));
        if (layer === 'json') text = JSON.stringify({ data: text });
        if (layer === 'xml') text = `<a><data><![CDATA[${text.replaceAll(']]>', '')}]]></data></a>`;
      }
      expect(undecoded(text)).not.toContain(phone);
      expect(decodeURIComponent(undecoded(text))).not.toContain(phone);
    }),
    { numRuns: 200 },
  );
});

test('a text made to be slow is masked in seconds, not minutes', () => {
  const made = [
    '1391234'.repeat(14_000),
    'a='.repeat(50_000),
    '<a>'.repeat(30_000),
    '"a":'.repeat(25_000),
    `{"${'\\"'.repeat(50_000)}`,
    'a,手机\n'.repeat(20_000),
  ];
  const before = performance.now();
  for (const text of made) maskSecrets({ text: maskBody(JSON.stringify({ text }), 'unmapped') });
  expect(performance.now() - before).toBeLessThan(20_000);
});
