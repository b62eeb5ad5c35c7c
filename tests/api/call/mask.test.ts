import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskBody, maskPhone, maskText } from '../../../workers/views/mask.ts';

test('a phone keeps three digits and four', () => {
  expect(maskPhone('13912345487')).toBe('139****5487');
  expect(maskPhone('139****5487')).toBe('139****5487');
  expect(maskPhone('85212345678')).toBe('852****5678');
  expect(maskPhone('12345')).toBe('****');
});

test('a phone is found in any text, however it is written; a barcode is not one', () => {
  expect(maskText('打 13912345487 或 +86 139-1234-5487')).toBe('打 139****5487 或 +86 139****5487');
  expect(maskText('6913912345487')).toBe('6913912345487');
});

test('a vendor’s own field names are masked too', () => {
  const body = JSON.stringify({
    customerName: '陈小满',
    mobile: 13_912_345_487,
    wxOpenId: 'oMember',
    cashierName: '甲乙',
    goods: [{ name: '奶粉', remark: '送货13912345487' }],
    customer: {
      name: '陈小满',
      address: '天河路1号',
      birthday: '1990-01-01',
      children: [{ name: '小满', born: '2025-05-05' }],
    },
  });
  expect(JSON.parse(maskBody(body, 'sale.completed'))).toEqual({
    customerName: '陈**',
    mobile: '139****5487',
    wxOpenId: 'oMem****',
    cashierName: '甲**',
    goods: [{ name: '奶粉', remark: '送货139****5487' }],
    customer: { name: '陈**', address: '****', birthday: '****', children: [{ name: '小**', born: '****' }] },
  });
});

test('a text in which no field is found is not shown', () => {
  expect(maskBody('陈小满 买了奶粉', 'sale')).toBe('(not JSON, 8 characters)');
});

test('no phone number survives, wherever it stands', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.stringMatching(/^1[3-9]\d{9}$/), (value, phone) => {
      const body = JSON.stringify({
        a: value,
        b: { [`k${phone}`]: [phone] },
        c: `${phone}!`,
        d: Number(phone),
      });
      const masked = maskBody(body, 'member.created');
      expect(masked.replaceAll(`k${phone}`, '')).not.toContain(phone);
    }),
  );
});

test('a body nested beyond reason is not shown, and not fallen over', () => {
  const deep = `${'['.repeat(5000)}"13912345487"${']'.repeat(5000)}`;
  expect(maskBody(deep, 'sale.completed')).toBe('(not JSON, 10013 characters)');
});

test('a receipt number of nineteen digits, a price of 1.10 and a number with an exponent are shown as they came', () => {
  const body = '{"sn":411391574328276013,"price":1.10,"n":-0,"e":1.0E7,"list":[1234567890123456789]}';
  expect(maskBody(body, 'sale.completed')).toBe(body);
  expect(maskBody('{"mobile":13912345487,"customer":{"name":18446744073709551615}}', 'x')).toBe(
    '{"mobile":"139****5487","customer":{"name":"1**"}}',
  );
});
