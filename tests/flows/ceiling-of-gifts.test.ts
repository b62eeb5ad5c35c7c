/** 返现上限 of a level counts every red packet, whatever it was given for: a purchase, a word, a birthday, a top-up. */
import { expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { askBack } from '../support/taking-back.ts';
import { balanceOf } from '../support/shop.ts';
import { draw, openTriggers, stories, type Here } from '../support/triggers.ts';
import type { CampaignTrigger } from '../../workers/decide/triggers/index.ts';

const packet = (fen: number) => ({ rewards: [{ kind: 'red-packet', minFen: fen, maxFen: fen }] });
const wallet = ({ shop }: Here): number => balanceOf(shop.db, 'ext:pos:A', 'wallet');

/** The level of everybody may be given 7.00 a month. */
async function open(): Promise<Here> {
  const here = await openTriggers();
  const settings = MerchantSettings.parse({
    shopName: '阳光母婴',
    publicUrl: 'https://huike.example',
    checkIn: { on: true },
    payout: { mode: 'transfer', minFen: 100, maxFen: 20_000 },
    levels: {
      list: [
        { name: '普通', walletMonthFen: 700 },
        { name: '高级', amountFen: 100_000_000 },
      ],
    },
  });
  const { json } = await here.admin('GET', '/settings');
  const { publicUrl: _, ...own } = settings;
  const put = await here.admin('PUT', '/settings', {
    body: { ...json, ...own, publicUrl: 'https://huike.example' },
  });
  expect([put.status, put.json]).toEqual([200, expect.anything()]);
  return here;
}

/** In force from the same moment. */
async function both(here: Here, kind: CampaignTrigger): Promise<void> {
  const { now } = here.shop.clock;
  await draw(here, kind, packet(500));
  here.shop.clock.now = now;
  await draw(here, 'sale.completed', packet(500));
}

const kinds: CampaignTrigger[] = [
  'fan.said',
  'birthday.came',
  'stored_value.recharged',
  'member.checked_in',
  'fan.followed',
];

test.each(kinds)(
  '%s gives 5.00, and a purchase after it 2.00 of the 5.00 that its campaign promises',
  async (kind) => {
    const here = await open();
    await both(here, kind);
    await stories[kind].happen(here, 'A');
    expect(wallet(here)).toBe(500);
    await stories['sale.completed'].happen(here, 'A');
    expect(wallet(here)).toBe(700);
  },
);

test.each(kinds)(
  'after a purchase gave 5.00, %s gives the 2.00 that are left; the purchase voided, its room is free again',
  async (kind) => {
    const here = await open();
    await both(here, kind);
    await stories['sale.completed'].happen(here, 'A');
    await stories[kind].happen(here, 'A');
    expect(wallet(here)).toBe(700);
    await stories['sale.completed'].undo?.(here, 'A');
    expect(wallet(here)).toBe(200);
    const used = (
      await here.admin(
        'GET',
        `/members/${String(here.shop.db.all(`SELECT member_id AS id FROM identities WHERE key = 'ext:pos:A'`)[0]?.['id'])}`,
      )
    ).json;
    expect(used['levelBenefits']).toMatchObject({ cashBackUsedFen: 200 });
  },
);

test('a top-up that was called off is not taken back a second time with its campaign, and its room is free once', async () => {
  const here = await open();
  const id = await draw(here, 'stored_value.recharged', packet(500));
  await stories['stored_value.recharged'].happen(here, 'A');
  expect(wallet(here)).toBe(500);
  await stories['stored_value.recharged'].undo?.(here, 'A');
  expect(wallet(here)).toBe(0);
  expect(await askBack(here.shop, id)).toBe('nothing_given');
  expect(wallet(here)).toBe(0);
});
