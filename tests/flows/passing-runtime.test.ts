/** 抢转赠: in the runtime it is deployed to, one coupon, twenty friends with its link, its owner who wants it back, and a till: one outcome. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { CouponId, MemberId, type IdentityKey } from '../../schema/index.ts';
import {
  linkOf,
  offerCoupon,
  openLink,
  takeCoupon,
  withdrawCoupon,
} from '../../workers/commands/coupons/pass.ts';
import { d1 } from '../../workers/d1.ts';
import { readCoupon, readCouponRow, type CouponLife } from '../../workers/db/coupons/coupons.ts';
import type { Db } from '../../workers/db/db.ts';
import { configCache } from '../../workers/db/world/config.ts';
import type { Engine } from '../../workers/engine/engine.ts';
import { seedMaker } from '../../workers/engine/seeds.ts';
import { newWord } from '../../workers/pages/keys.ts';
import { adminToken, token } from '../api/support.ts';
import { store, template } from '../support/builders.ts';
import { furnish, testSecret } from '../support/shop.ts';

const friends = Array.from({ length: 20 }, (_, index) => MemberId.parse(`m_${String(index)}`));
const owner = MemberId.parse('m_owner');
let runtime: Runtime;
let db: Db;
let engine: Engine;

beforeAll(async () => {
  runtime = await startRuntime({ vars: { SEED: testSecret } });
  db = d1(await runtime.db());
  await furnish(db, { templates: [template('券', { transferable: true })], stores: [store()] });
  const people = JSON.stringify([owner, ...friends]);
  await db.batch([
    token(adminToken, ['admin', 'pos']),
    {
      sql: `INSERT INTO members (id, orders, spent_fen, created_at, version) SELECT value, 0, 0, 0, 1 FROM json_each(?1)`,
      params: [people],
    },
    {
      sql: `INSERT INTO identities (key, member_id) SELECT 'openid:' || value, value FROM json_each(?1)`,
      params: [people],
    },
  ]);
  engine = {
    db,
    config: configCache(db),
    normalise: async () => [],
    seeds: seedMaker(testSecret),
  };
});
afterAll(async () => runtime.stop());

async function call(path: string, body: object): Promise<{ status: number; json: Record<string, unknown> }> {
  const answer = await fetch(`${runtime.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // Whatever it says, it is an object.
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

/** A coupon on its way, and its link. */
async function onItsWay(): Promise<{ readonly life: CouponLife; readonly link: string }> {
  const { json } = await call(`/members/${owner}/coupons`, {
    templateId: '券',
    store: '8005',
    reason: '赛跑',
  });
  const [{ id } = { id: '' }] = json['items'] as { id: string }[];
  const before = await readCoupon(db, CouponId.parse(id));
  if (!before) throw new Error(`no coupon was given: ${JSON.stringify(json)}`);
  const now = Date.now();
  await offerCoupon(engine, { coupon: before.coupon, once: newWord().toLowerCase() }, now);
  const life = await readCouponRow(db, before.coupon.id);
  const link = life && (await linkOf(engine, life.coupon, now));
  if (!life || link === null) throw new Error('it is not on its way');
  return { life, link };
}

/** As a page does it: opens the link, and presses the button; what nobody knows yet is asked again. */
async function take(link: string, friend: MemberId): Promise<string> {
  const opened = await openLink(engine, { link, key: `openid:${friend}` as IdentityKey }, Date.now());
  if (!opened) return 'UNKNOWN';
  const done = await takeCoupon(engine, { coupon: opened.life.coupon, memberId: friend }, Date.now());
  if ('undecided' in done) return take(link, friend);
  if ('held' in done) return 'taken';
  return 'miss' in done ? done.miss.reason : 'nobody';
}

async function withdraw({ coupon }: CouponLife): Promise<string> {
  const done = await withdrawCoupon(engine, { coupon, passId: coupon.passId ?? '' }, Date.now());
  if ('undecided' in done) return withdraw({ coupon } as CouponLife);
  if ('held' in done) return 'withdrawn';
  return 'miss' in done ? done.miss.reason : 'nobody';
}

async function lock(code: string): Promise<string> {
  const wish = { code, store: '8005', orderNo: `T-${code}`, minutes: 5 };
  const { status, json } = await call('/coupons/lock', wish);
  if (status === 503) return lock(code);
  return status < 300 ? 'locked' : String(json['code']);
}

const later = (turns: number): Promise<void> =>
  turns === 0 ? Promise.resolve() : lock('NOSUCHCODE').then(async () => later(turns - 1));

test.each([0, 1, 2, 3, 4])(
  'twenty friends, the owner after %i looks, and a till: one outcome',
  async (turns) => {
    const { life, link } = await onItsWay();
    const code = life.coupon.id;
    const [withdrawn, locked, ...took] = await Promise.all([
      later(turns).then(async () => withdraw(life)),
      lock(code),
      ...friends.map(async (friend) => take(link, friend)),
    ]);
    const after = await readCouponRow(db, code);
    const winners = friends.filter((_, place) => took[place] === 'taken');
    expect(after?.moves.filter(({ act }) => act === 'passed' || act === 'withdrawn')).toHaveLength(1);
    if (winners.length > 0) {
      expect([winners, withdrawn]).toEqual([[after?.coupon.memberId], 'TAKEN']);
      expect(after?.coupon).toMatchObject({ passedBy: owner, lockedFor: null, state: 'issued' });
      expect(['on_its_way', 'unknown_code']).toContain(locked);
      expect(await lock(code)).toBe('unknown_code');
    } else {
      expect([withdrawn, after?.coupon.memberId]).toEqual(['withdrawn', owner]);
      expect([after?.coupon.code, after?.coupon.passId]).toEqual([null, null]);
      expect(locked === 'locked').toBe(after?.coupon.lockedFor !== null);
    }
    expect(await tallies()).toMatchObject({ used: 0, revoked: 0 });
  },
);

test('however often coupons changed hands, as many were sent as were given', async () => {
  expect(await tallies()).toMatchObject({ sent: 5, coupons: 5 });
});

async function tallies(): Promise<unknown> {
  const [found] = await db.batch([
    {
      sql: `SELECT sent, used, revoked, (SELECT count(*) FROM coupons) AS coupons FROM coupon_tallies`,
      params: [],
    },
  ]);
  return found?.rows[0];
}
