/** 手机号: the same eleven digits, however they are written or pasted; what is no mobile number is none. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainPhone } from '../../../workers/decide/plain/phones.ts';

const phone = '13912345487';
const wide = (text: string): string =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

test.each([
  ['as it is', phone],
  ['in full-width digits', wide(phone)],
  ['with direction marks around it, as a contact is pasted', `\u202D${phone}\u202C`],
  ['with a zero-width space in it', `139\u200B12345487`],
  ['with a variation selector behind each digit', phone.split('').join('\uFE0E')],
  ['in brackets and with a dot', '(139) 1234.5487'],
  ['with dashes of any kind', '139-1234–5487'],
  ['after the country in brackets', `(+86)${phone}`],
  ['after +86 and a space', `+86 ${phone}`],
  ['after 0086', `0086${phone}`],
  ['as a link', `tel:+86-139-1234-5487`],
  ['with spaces at both ends', ` ${phone}\u3000`],
])('%s', (_, written) => {
  expect(plainPhone(written)).toBe(phone);
});

test.each([
  ['stars', '139****5487'],
  ['ten digits', '1391234548'],
  ['twelve digits', '139123454871'],
  ['a line of the shop', '020-38001234'],
  ['a number of another country', '+1 391 234 5487 0'],
  ['an extension', `${phone}转801`],
  ['two numbers', `${phone} ${phone}`],
  ['nothing', ''],
  ['nobody', null],
])('%s is no mobile number', (_, written) => {
  expect(plainPhone(written)).toBeNull();
});

test('whatever is put between the digits that nobody sees or that separates them, it is the same number', () => {
  const between = fc.constantFrom('', ' ', '-', '.', '\u200D', '\u2060', '(', ')', '\u00A0', '‑');
  fc.assert(
    fc.property(fc.array(between, { minLength: 11, maxLength: 11 }), (marks) => {
      const written = phone
        .split('')
        .map((digit, place) => (marks[place] ?? '') + digit)
        .join('');
      expect(plainPhone(written)).toBe(phone);
    }),
  );
});
