/** 权限表: every screen and every role, the expected answers written out; a screen without its line fails. */
import { beforeAll, expect, test } from 'vitest';
import { roles, type Role } from '../../../schema/index.ts';
import { consoleScreens } from '../../../workers/pages/console/index.ts';
import type { Visitor } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const everybody = 'owner manager cashier integrator';
const office = 'owner manager';
const counter = 'owner manager cashier';
const technical = 'owner integrator';
const reckoning = 'owner manager integrator';

/** Who may open or send what. */
const rights: Readonly<Record<string, string>> = {
  '/console/': everybody,
  '/console/sign-out': `${everybody} associate`,
  '/console/me': everybody,
  '/console/me/end': everybody,
  '/console/me/wechat': everybody,
  '/console/events': technical,
  '/console/events/:id': technical,
  '/console/events/:id/replay': technical,
  '/console/members': counter,
  '/console/members/csv': office,
  '/console/events/csv': technical,
  '/console/messages/csv': office,
  '/console/members/:id': counter,
  '/console/members/:id/ledger/:account': counter,
  '/console/members/:id/sales': counter,
  '/console/members/:id/coupons': counter,
  '/console/members/:id/exchange': counter,
  '/console/members/:id/exchange-undo': office,
  '/console/members/:id/super': counter,
  '/console/members/:id/super-undo': counter,
  '/console/members/:id/super-refund': office,
  '/console/members/:id/vouchers': counter,
  '/console/members/:id/voucher-refund': counter,
  '/console/members/:id/packages': counter,
  '/console/members/:id/package-refund': office,
  '/console/members/:id/package-undo': office,
  '/console/members/:id/top-up': counter,
  '/console/members/:id/spend': counter,
  '/console/members/:id/spend-back': counter,
  '/console/members/:id/top-up-off': office,
  '/console/members/:id/cash-out': office,
  '/console/members/:id/stored': 'owner',
  '/console/members/:id/points': office,
  '/console/members/:id/note': office,
  '/console/members/:id/forget': 'owner',
  '/console/members/:id/profile': office,
  '/console/members/:id/id-number': office,
  '/console/members/:id/uses': office,
  '/console/members/:id/children': office,
  '/console/members/:id/tags': office,
  '/console/members/:id/phone': office,
  '/console/members/:id/wechat': office,
  '/console/members/:id/associate': office,
  '/console/members/:id/level': office,
  '/console/members/:id/consent': office,
  '/console/members/:id/merge': office,
  '/console/members/:id/split': office,
  '/console/members/tagging': office,
  '/console/tag-dictionaries': office,
  '/console/tag-dictionaries/new': office,
  '/console/tag-dictionaries/:id': office,
  '/console/tag-examples': office,
  '/console/tag-rules': office,
  '/console/tag-rules/new': office,
  '/console/tag-rules/:id': office,
  '/console/member-groups': office,
  '/console/member-groups/new': office,
  '/console/member-groups/:id': office,
  '/console/member-groups/:id/switch': office,
  '/console/tag-jobs': office,
  '/console/redeem': counter,
  '/console/receipts': counter,
  '/console/owed': office,
  '/console/owed/rows': office,
  '/console/owed/csv': office,
  '/console/campaigns': office,
  '/console/campaigns/new': office,
  '/console/campaigns/:id': office,
  '/console/campaigns/:id/switch': office,
  '/console/campaigns/:id/preview': office,
  '/console/campaigns/:id/take-back': 'owner',
  '/console/campaigns/:id/take-back/csv': 'owner',
  '/console/coupons': office,
  '/console/coupons/new': office,
  '/console/coupons/:id': office,
  '/console/packages': office,
  '/console/packages/new': office,
  '/console/packages/:id': office,
  '/console/packages/:id/switch': office,
  '/console/exchange-items': office,
  '/console/exchange-items/new': office,
  '/console/exchange-items/:id': office,
  '/console/exchange-items/:id/switch': office,
  '/console/lotteries': office,
  '/console/lotteries/new': office,
  '/console/lotteries/:id': office,
  '/console/lotteries/:id/switch': office,
  '/console/lotteries/:id/winners': office,
  '/console/lotteries/:id/csv': office,
  '/console/batches': office,
  '/console/batches/new': office,
  '/console/batches/:id': office,
  '/console/batches/:id/poster': office,
  '/console/batches/:id/call-off': office,
  '/console/batches/:id/codes.csv': office,
  '/console/members/:id/grant': office,
  '/console/grant-jobs': office,
  '/console/grant-jobs/new': office,
  '/console/grant-jobs/:id': office,
  '/console/grant-jobs/:id/start': office,
  '/console/grant-jobs/:id/stop': office,
  '/console/grant-jobs/:id/csv': office,
  '/console/redemptions': office,
  '/console/redemptions/csv': office,
  '/console/find-coupon': counter,
  '/console/members/:id/coupons/:of': counter,
  '/console/members/:id/coupons/:of/revoke': office,
  '/console/referrals': office,
  '/console/referrals/review': office,
  '/console/pushes': office,
  '/console/plans': office,
  '/console/plans/new': office,
  '/console/coming': office,
  '/console/plans/:id': office,
  '/console/plans/:id/switch': office,
  '/console/talks': office,
  '/console/talks/try': office,
  '/console/talks/:id': office,
  '/console/messages': office,
  '/console/messages/:id': office,
  '/console/messages/:id/retry': office,
  '/console/mass-messages': office,
  '/console/mass-messages/new': 'owner',
  '/console/mass-messages/:id': office,
  '/console/mass-messages/:id/stop': 'owner',
  '/console/menu': 'owner',
  '/console/menu/existing': 'owner',
  '/console/menu/publish': 'owner',
  '/console/menu/withdraw': 'owner',
  '/console/stores': office,
  '/console/stores/new': 'owner',
  '/console/stores/:id': 'owner',
  '/console/associates': office,
  '/console/associates/new': office,
  '/console/associates/:id': office,
  '/console/associates/:id/poster': office,
  '/console/associates/:id/invite': office,
  '/console/associates/:id/leave': office,
  '/console/associates/:id/return': office,
  '/console/codes': office,
  '/console/codes/new': office,
  '/console/codes/:id': office,
  '/console/codes/:id/change': office,
  '/console/health': 'owner',
  '/console/health/seed-kept': 'owner',
  '/console/settings': 'owner',
  '/console/settings/replies': 'owner',
  '/console/settings/notices': 'owner',
  '/console/settings/sms': 'owner',
  '/console/settings/payout': 'owner',
  '/console/settings/points': 'owner',
  '/console/settings/stored-value': 'owner',
  '/console/settings/levels': 'owner',
  '/console/settings/member-file': 'owner',
  '/console/settings/super-membership': 'owner',
  '/console/settings/referral': 'owner',
  '/console/settings/member-prices': 'owner',
  '/console/settings/domain': 'owner',
  '/console/people': 'owner',
  '/console/people/new': 'owner',
  '/console/people/:id': 'owner',
  '/console/people/:id/link': 'owner',
  '/console/people/:id/dismiss': 'owner',
  '/console/audit': 'owner',
  '/console/imports': technical,
  '/console/imports/page': technical,
  '/console/imports/template': technical,
  '/console/payouts': 'owner',
  '/console/payouts/csv': 'owner',
  '/console/payouts/:id': 'owner',
  '/console/reconciliation': reckoning,
  '/console/reconciliation/csv': reckoning,
  '/console/reconciliation/:id': reckoning,
  '/console/reconciliation/:id/enter': reckoning,
  '/console/sources': technical,
  '/console/sources/:id': technical,
  '/console/sources/:id/rotate': technical,
  '/console/sources/:id/mapping': technical,
  '/console/sources/:id/signature': technical,
  '/console/sources/:id/replay': technical,
  '/console/sources/connect': technical,
  '/console/sources/connect/:id': technical,
  '/console/wechat': technical,
  '/console/channels': technical,
  '/console/channels/test': 'owner',
  '/console/tokens': technical,
  '/console/tokens/new': technical,
  '/console/tokens/:id/revoke': technical,
};

let console_: Console;
const visitors = new Map<Role, Visitor>();

beforeAll(async () => {
  console_ = await openConsole();
  for (const role of roles) visitors.set(role, await signInAs(console_, await employ(console_, role)));
});

test('every screen has its line, and no line is left over', () => {
  expect(consoleScreens.map(({ path }) => path).toSorted()).toEqual(Object.keys(rights).toSorted());
});

const addressOf = (path: string): string =>
  path.replace(':id', 'nobody').replace(':account', 'points').replace(':of', '0-0');

test.each(roles)(
  '%s may open what is hers to open, and is told so in words where it is not',
  async (role) => {
    const found: Record<string, boolean> = {};
    for (const { path, get } of consoleScreens) {
      if (!get) continue;
      const answer = await visitors.get(role)?.get(addressOf(path));
      found[path] = answer?.status !== 403;
      if (answer?.status === 403) expect(answer.text).toContain('这一页不归您管');
    }
    const expected = Object.fromEntries(
      Object.keys(found).map((path) => [path, rights[path]?.split(' ').includes(role) ?? false]),
    );
    expect(found).toEqual(expected);
  },
);

test.each(roles)(
  '%s may send what is hers to send; without a token nobody may send anything',
  async (role) => {
    const found: Record<string, string> = {};
    for (const { path, post } of consoleScreens) {
      if (!post || path === '/console/sign-out') continue;
      const answer = await visitors.get(role)?.post(addressOf(path), {});
      found[path] = answer?.text.includes('这一页不归您管') ? 'not hers' : String(answer?.status);
    }
    const expected = Object.fromEntries(
      Object.keys(found).map((path) => [path, rights[path]?.split(' ').includes(role) ? '403' : 'not hers']),
    );
    expect(found).toEqual(expected);
  },
);

test('nobody who is not signed in sees anything but the door', async () => {
  const stranger = console_.visitor();
  for (const { path, get, post } of consoleScreens) {
    const address = addressOf(path);
    if (get) expect((await stranger.get(address)).location).toMatch(/^\/console\/sign-in/);
    if (post) expect((await stranger.post(address, {})).location).toMatch(/^\/console\/sign-in/);
  }
});
