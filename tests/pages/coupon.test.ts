/** 出示一张券: what the customer holds up is what the till reads. */
import { describe, expect, test } from 'vitest';
import { renderBarcode } from '../../workers/pages/ui/barcode.ts';
import { at, campaign, sale, template } from '../support/builders.ts';
import { scanDrawings } from '../support/scanner.ts';
import { couponRows } from '../support/shop.ts';
import { openPages, signUp, words } from './support.ts';

const gift = {
  now: '2026-11-01 10:00',
  templates: [
    template('5元券', { valueFen: 500, validity: { relative: { afterDays: 0, forDays: 7 } } }),
    template('8元券', {
      valueFen: 800,
      minSpendFen: 8_000,
      validity: { relative: { afterDays: 7, forDays: 7 } },
    }),
  ],
  campaigns: [
    campaign('新人礼', {
      trigger: 'member.joined',
      conditions: [],
      rewards: ['5元券', '8元券'].map((templateId) => ({ kind: 'coupon', templateId })),
    }),
  ],
};

describe('one’s own coupon', () => {
  test('is shown with its code; used, it stands among those that are over, with what happened to it', async () => {
    const pages = await openPages(gift);
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    const links = [...(await visitor.get('/m/')).text.matchAll(/href="(\/m\/coupon\?of=[\d-]+)"/g)].map(
      ([, to = '']) => to,
    );
    expect(links).toHaveLength(2);
    const code = couponRows(pages.shop.db).find(({ templateId }) => templateId === '5元券')?.id ?? '';
    const shown = await visitor.get(links[0] ?? '');
    expect(shown.text).toContain(`data-code="${code}"`);
    expect(words(shown)).toContain('有效期至 11月7日');
    const later = await visitor.get(links[1] ?? '');
    expect(words(later)).toContain('还不能用：11月8日 起可用');
    expect(later.text).not.toContain('data-code');
    pages.shop.clock.now = at('2026-11-01 12:00');
    await pages.shop.tell(
      sale({ at: '2026-11-01 11:00', member: { openid: 'oNewcomer' }, couponCodes: [code] }),
    );
    expect(words(await visitor.get(links[0] ?? ''))).toContain('11月1日 11:00 核销');
    expect(words(await visitor.get('/m/coupons'))).toContain('5元券 11月1日 11:00 已使用');
  });

  test('of somebody else leads home', async () => {
    const pages = await openPages(gift);
    await signUp(pages, pages.visitor());
    const other = pages.visitor();
    await signUp(pages, other, { openid: 'oOther', phone: '13800001111', name: '李' });
    const [first] = couponRows(pages.shop.db);
    expect((await other.get(`/m/coupon?of=${first?.issuedAt ?? 0}-9`)).status).toBe(302);
    expect((await other.get('/m/coupon?of=x')).status).toBe(302);
  });
});

describe('what a scanner reads', () => {
  test('of a coupon: its QR code and its barcode both say the code that is written below them', async () => {
    const pages = await openPages(gift);
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    const [, to = ''] = /href="(\/m\/coupon\?of=[\d-]+)"/.exec((await visitor.get('/m/')).text) ?? [];
    const { text } = await visitor.get(to);
    const [, code = ''] = /data-code="(\w+)"/.exec(text) ?? [];
    expect(await scanDrawings(text)).toEqual([
      { format: 'QRCode', text: code },
      { format: 'Code128', text: code },
    ]);
  });

  test('of a barcode: every letter, digit and mark; and twenty digits are no wider than 145 modules', async () => {
    const all = String.fromCodePoint(...Array.from({ length: 94 }, (_, place) => 33 + place));
    for (const text of [...(all.match(/.{1,16}/g) ?? []), 'A B', '97123456780123456789'])
      expect(await scanDrawings(renderBarcode(text))).toEqual([{ format: 'Code128', text }]);
    expect(renderBarcode('97123456780123456789')).toContain('viewBox="0 0 165 40"');
  });

  test('nothing of what cannot be written in it: it is not drawn at all', () => {
    for (const text of ['', '券', 'A\n']) expect(() => renderBarcode(text)).toThrow('printable ASCII');
  });
});
