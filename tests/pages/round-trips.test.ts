/** 问几次: how often a page asks the database, in a full shop: every round trip is work of the Worker, and a wait. */
import { beforeAll, expect, test } from 'vitest';
import type { IdentityKey } from '../../schema/index.ts';
import { navFor } from '../../workers/pages/console/kit/nav.ts';
import { memberId } from '../support/shop.ts';
import { associateOpenid, motherOpenid, openFullShop } from './console/full-shop.ts';
import type { Console } from './console/support.ts';
import { logIn, type Visitor } from './support.ts';

let full: Console;
let mother: Visitor;
let associate: Visitor;
beforeAll(async () => {
  full = await openFullShop();
  [mother, associate] = [full.visitor(), full.visitor()];
  await logIn(full, mother, motherOpenid);
  await logIn(full, associate, associateOpenid, '/a/');
});

type Asked = { readonly status: number; readonly batches: number };
async function asked(visitor: Visitor, path: string): Promise<Asked> {
  const { counts } = full.shop.db;
  const before = counts.batches;
  const { status } = await visitor.get(path);
  return { status, batches: counts.batches - before };
}
const mothersId = (): string => String(memberId(full.shop.db, `openid:${motherOpenid}` as IdentityKey));

test('a member’s page in the office asks three times: who looks, whom they look at, and everything else at once', async () => {
  expect(await asked(full.owner, `/console/members/${mothersId()}`)).toEqual({ status: 200, batches: 3 });
});

test('the first page asks three times: who looks, everything at once, and which conversations wait', async () => {
  expect(await asked(full.owner, '/console/')).toEqual({ status: 200, batches: 3 });
});

const places = navFor('owner').flatMap((section) => section.places);
test.each(places)('$label ($path) asks at most three times', async ({ path }) => {
  const { status, batches } = await asked(full.owner, path);
  expect([status, batches <= 3]).toEqual([200, true]);
});

test('a member’s own page asks twice: whether she is still logged in, and everything at once', async () => {
  expect(await asked(mother, '/m/')).toEqual({ status: 200, batches: 2 });
});

test.each(['points', 'wallet', 'stored', 'coupons', 'shop', 'purchases', 'packages', 'super', 'code'])(
  'her room /m/%s asks at most four times',
  async (room) => {
    const { status, batches } = await asked(mother, `/m/${room}`);
    expect([status, batches <= 4]).toEqual([200, true]);
  },
);

test('an associate’s page of a member asks four times at most', async () => {
  const { status, batches } = await asked(associate, `/a/members/one?of=${mothersId()}`);
  expect([status, batches <= 4]).toEqual([200, true]);
});
