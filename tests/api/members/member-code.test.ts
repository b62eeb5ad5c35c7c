/** 会员码: what the member's phone shows for a minute, and what a till finds by it. */
import { describe, expect, test } from 'vitest';
import type { IdentityKey } from '../../../schema/index.ts';
import { ownCode } from '../../../workers/commands/member-codes/member-code.ts';
import { dayKeys, opened, placesMax, sealed } from '../../../workers/engine/member-codes/seal.ts';
import { seedMaker } from '../../../workers/engine/seeds.ts';
import { memberCodeOf, minuteOf } from '../../../workers/platform/member-code.ts';
import fc from 'fast-check';
import { sale } from '../../support/builders.ts';
import { memberId, testSecret } from '../../support/shop.ts';
import { items, openOffice, type Office } from '../support.ts';

const minuteMs = 60_000;

/** M1 and M2 know their WeChat. */
async function openTill(): Promise<Office> {
  const office = await openOffice({ now: '2026-11-22 15:00' });
  await office.shop.tell(
    sale({
      orderNo: 'A',
      member: { externalId: 'M1', openid: 'oOne', phone: '13912345487', name: '王秀英' },
    }),
    sale({ orderNo: 'B', member: { externalId: 'M2', openid: 'oTwo' } }),
  );
  return office;
}

const onPhone = ({ shop }: Office, openid = 'oOne') =>
  ownCode(shop.engine, `openid:${openid}` as IdentityKey, shop.clock.now);
const codeOf = async (office: Office, openid = 'oOne'): Promise<string> =>
  (await onPhone(office, openid))?.code ?? '';
const find = ({ pos }: Office, memberCode: string) => pos('POST', '/members/find', { body: { memberCode } });
const found = async (office: Office, code: string): Promise<unknown> => {
  const answer = await find(office, code);
  return answer.status === 200 ? items(answer)[0]?.['id'] : answer.json['code'];
};
/** The same place, another word for this minute. */
const guessOf = (code: string, guess: number): string => code.slice(0, 10) + String(guess).padStart(10, '0');

describe('the code on a member’s phone', () => {
  test('names her at the till, with a masked phone: twenty digits that begin with 97, spaces or not', async () => {
    const office = await openTill();
    const code = await codeOf(office);
    expect(code).toMatch(/^97\d{18}$/);
    const answer = await find(office, code.replaceAll(/(.{4})/g, '$1 '));
    expect(items(answer)).toMatchObject([{ name: '王秀英', phone: '139****5487' }]);
  });

  test('is good in its minute and the one after, as often as it is read; two minutes later it is over', async () => {
    const office = await openTill();
    const { shop } = office;
    const id = memberId(shop.db, 'ext:pos:M1');
    const code = await codeOf(office);
    expect([await found(office, code), await found(office, code)]).toEqual([id, id]);
    shop.clock.now += 2 * minuteMs - 1;
    expect(await found(office, code)).toBe(id);
    shop.clock.now += 1;
    const over = await find(office, code);
    expect(over.json).toMatchObject({ status: 422, code: 'member_code', field: 'memberCode' });
    expect(over.json['detail']).toContain('过期');
  });

  test('of a phone that is a minute ahead is good, and of one that is two ahead not', async () => {
    const office = await openTill();
    const { shop } = office;
    const [today] = (await onPhone(office))?.passes ?? [];
    if (!today) throw new Error('no pass');
    const minute = minuteOf(shop.clock.now);
    expect(await found(office, await memberCodeOf(today, minute + 1))).toBe(memberId(shop.db, 'ext:pos:M1'));
    expect(await found(office, await memberCodeOf(today, minute + 2))).toBe('member_code');
  });

  test('goes on without a network over midnight in UTC, until the day after is over', async () => {
    const office = await openTill();
    const { shop } = office;
    const [, tomorrow] = (await onPhone(office))?.passes ?? [];
    if (!tomorrow) throw new Error('no pass');
    shop.clock.now = Date.parse('2026-11-23T00:00:10Z');
    const id = memberId(shop.db, 'ext:pos:M1');
    expect(await found(office, await memberCodeOf(tomorrow, minuteOf(shop.clock.now)))).toBe(id);
    // The last of the day before is good for its minute, too.
    shop.clock.now -= minuteMs;
    const last = await codeOf(office);
    shop.clock.now += minuteMs;
    expect(await found(office, last)).toBe(id);
    // What was given for one day is worth nothing on another.
    shop.clock.now += 24 * 60 * minuteMs;
    expect(await found(office, await memberCodeOf(tomorrow, minuteOf(shop.clock.now)))).toBe('member_code');
  });

  test('of two days has nothing in common, and none is another member’s', async () => {
    const office = await openTill();
    const one = (await onPhone(office))?.passes ?? [];
    const two = (await onPhone(office, 'oTwo'))?.passes ?? [];
    expect(new Set([...one, ...two].map(({ place }) => place)).size).toBe(4);
    expect(new Set([...one, ...two].map(({ secret }) => secret)).size).toBe(4);
    expect(await onPhone(office, 'oNobody')).toBeNull();
  });
});

describe('a code that is guessed', () => {
  test('is refused; after 20 within ten minutes the till has to wait, with the seconds, and others not', async () => {
    const office = await openTill();
    const { shop } = office;
    const code = await codeOf(office);
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, guess) => found(office, guessOf(code, guess))),
    );
    expect(new Set(tries)).toEqual(new Set(['member_code']));
    shop.clock.now += minuteMs;
    const held = await find(office, code);
    expect([held.status, held.headers.get('retry-after')]).toEqual([429, '540']);
    const other = await office.admin('POST', '/members/find', { body: { memberCode: code } });
    expect(other.status).toBe(200);
    shop.clock.now += 9 * minuteMs;
    expect(await found(office, await codeOf(office))).toBe(memberId(shop.db, 'ext:pos:M1'));
  });

  test('is no other sort of code: a payment code, a barcode of goods and a coupon’s are refused with what a member code is', async () => {
    const office = await openTill();
    for (const code of ['134567890123456789', '6901234567892', 'ABC23456789XYZ', '98123456781234567890']) {
      const answer = await find(office, code);
      expect([code, answer.status, answer.json['detail']]).toEqual([
        code,
        422,
        expect.stringContaining('97 开头'),
      ]);
    }
    expect(office.shop.db.all('SELECT * FROM wrong_codes')).toEqual([]);
  });

  test('a right one writes nothing', async () => {
    const office = await openTill();
    await find(office, await codeOf(office));
    expect(office.shop.db.all('SELECT * FROM wrong_codes')).toEqual([]);
  });
});

describe('whoever', () => {
  test('asks to be forgotten is found by no code, though the phone still shows one; back again, by another', async () => {
    const office = await openTill();
    const { shop } = office;
    const before = (await onPhone(office))?.passes[0];
    const code = await codeOf(office);
    const tell = { id: 'deleted', occurredAt: '2026-11-22T15:00:00+08:00', data: { externalId: 'M1' } };
    await shop.tell({ type: 'member.deleted', ...tell });
    expect(await found(office, code)).toBe('member_code');
    await shop.tell(sale({ orderNo: 'C', member: { externalId: 'M9', openid: 'oOne' } }));
    expect((await onPhone(office))?.passes[0]?.secret).not.toBe(before?.secret);
    expect(await found(office, code)).toBe('member_code');
  });

  test('is merged with another is found by the code that stood on the phone before', async () => {
    const office = await openTill();
    const { shop } = office;
    const code = await codeOf(office);
    await shop.tell(sale({ orderNo: 'C', member: { cardNo: 'C7', phone: '13800001111' } }));
    const into = memberId(shop.db, 'card:pos:C7');
    const merged = { from: { externalId: 'M1' }, into: { cardNo: 'C7' } };
    await shop.tell({
      type: 'member.merged',
      id: 'm',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: merged,
    });
    expect(await found(office, code)).toBe(into);
  });
});

test('every number has one place of eight digits and comes back from it, and only with the key of its day', async () => {
  const keys = [...(await dayKeys({ seeds: seedMaker(testSecret) }, new Set([1, 2]))).values()];
  const [one, two] = keys;
  if (!one || !two) throw new Error('no keys');
  await fc.assert(
    fc.asyncProperty(fc.nat(placesMax - 1), async (number) => {
      const place = await sealed(one, number);
      expect(place).toBeLessThan(placesMax);
      expect(await opened(one, place)).toBe(number);
    }),
  );
  const first = await Promise.all(Array.from({ length: 50 }, (_, number) => sealed(one, number)));
  const second = await Promise.all(Array.from({ length: 50 }, (_, number) => sealed(two, number)));
  expect(first.filter((place) => second.includes(place))).toEqual([]);
});
