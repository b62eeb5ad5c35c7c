/** 接口权限表: every call and every kind of token, the expected answers written out; a call without its line fails. */
import { beforeAll, expect, test } from 'vitest';
import { tokenScopes, type TokenScope } from '../../../schema/index.ts';
import { routes } from '../../../workers/api/routes.ts';
import { openOffice, sha256, token, type Office } from '../support.ts';

/** Enough for a till, and for the office as well. */
const till = 'pos admin';
const office = 'admin';

/** Whose token may make which call. */
const rights: Readonly<Record<string, string>> = {
  'POST /members': till,
  'POST /members/find': till,
  'POST /members/{id}/coupons': office,
  'POST /members/{id}/claims': till,
  'GET /tag-dictionaries': office,
  'POST /tag-dictionaries': office,
  'PATCH /tag-dictionaries/{id}': office,
  'GET /tag-rules': office,
  'POST /tag-rules': office,
  'PATCH /tag-rules/{id}': office,
  'GET /member-groups': office,
  'POST /member-groups': office,
  'PATCH /member-groups/{id}': office,
  'GET /members/{id}/tags': office,
  'PUT /members/{id}/tags': office,
  'POST /tags/copy': office,
  'POST /tags/move': office,
  'POST /tags/put': office,
  'POST /tags/remove': office,
  'GET /tag-jobs/{id}': office,
  'POST /coupon-grant-jobs': office,
  'POST /coupon-grant-jobs/dry-run': office,
  'GET /coupon-grant-jobs/{id}': office,
  'POST /coupon-grant-jobs/{id}/stop': office,
  'POST /coupon-batches': office,
  'GET /coupon-batches': office,
  'GET /coupon-batches/{id}': office,
  'GET /coupon-batches/{id}/codes': office,
  'POST /coupon-batches/{id}/call-off': office,
  'GET /members/{id}/file': office,
  'PUT /members/{id}/file': office,
  'POST /members/{id}/spendings': till,
  'GET /members/{id}/check-ins': till,
  'POST /members/{id}/check-ins': till,
  'GET /referrals': office,
  'GET /members/{id}/referrals': till,
  'POST /referrals/{id}/review': office,
  'POST /exchange-items': office,
  'GET /exchange-items': office,
  'PATCH /exchange-items/{id}': office,
  'GET /members/{id}/exchange-items': till,
  'POST /members/{id}/exchanges': till,
  'POST /exchanges/{id}/undo': office,
  'POST /lotteries': office,
  'GET /lotteries': office,
  'GET /lotteries/{id}': office,
  'PATCH /lotteries/{id}': office,
  'GET /members/{id}/draws': till,
  'POST /members/{id}/draws': till,
  'POST /prizes/collect': till,
  'POST /members/{id}/point-spends': till,
  'POST /members/{id}/point-spends/undo': till,
  'POST /quotes': till,
  'POST /coupons/lock': till,
  'POST /coupons/redeem': till,
  'POST /coupons/release': till,
  'POST /coupons/undo': till,
  'POST /coupons/revoke': office,
  'POST /coupons/partner-redemptions': office,
  'GET /members/{id}/super-memberships': till,
  'POST /members/{id}/super-memberships': till,
  'POST /members/{id}/super-memberships/undo': till,
  'POST /members/{id}/super-memberships/refunds': office,
  'POST /voucher-sales': till,
  'GET /members/{id}/stored-value': till,
  'POST /members/{id}/stored-value/top-ups': till,
  'POST /members/{id}/stored-value/spends': till,
  'POST /members/{id}/stored-value/spends/undo': till,
  'POST /members/{id}/stored-value/refunds': till,
  'POST /members/{id}/stored-value/reversals': till,
  'POST /members/{id}/stored-value/cash-outs': office,
  'POST /members/{id}/stored-value/corrections': office,
  'POST /voucher-refunds': till,
  'POST /package-templates': office,
  'GET /package-templates': office,
  'PATCH /package-templates/{id}': office,
  'POST /members/{id}/packages': till,
  'GET /members/{id}/packages': till,
  'POST /packages/find': till,
  'POST /packages/redeem': till,
  'POST /packages/undo': till,
  'POST /packages/refund': till,
  'GET /owed': office,
  'GET /members': till,
  'GET /members/{id}': till,
  'GET /members/{id}/ledger': till,
  'GET /members/{id}/coupons': till,
  'GET /members/{id}/sales': till,
  'PUT /members/{id}/openid': office,
  'PUT /members/{id}/phone': office,
  'PUT /members/{id}/associate': office,
  'PUT /members/{id}/level': office,
  'GET /members/{id}/timeline': till,
  'PUT /stores/{id}': office,
  'PUT /associates/{id}': office,
  'POST /associates/{id}/departure': office,
  'GET /associates/{id}/departure': office,
  'DELETE /associates/{id}/departure': office,
  'PUT /products/{sku}': office,
  'PUT /scenes/{id}': office,
  'GET /scenes': office,
  'GET /scenes/{id}': office,
  'GET /associates/{id}/code': office,
  'POST /associates/{id}/invitation': office,
  'GET /wechat/menu': office,
  'PUT /wechat/menu': office,
  'POST /wechat/menu/publish': office,
  'POST /wechat/menu/withdraw': office,
  'POST /wechat/replies/try': office,
  'GET /fans': office,
  'GET /conversations': office,
  'GET /conversations/{thread}/messages': office,
  'PUT /conversations/{thread}/read': office,
  'POST /conversations/{thread}/messages': office,
  'POST /members/{id}/contacts': office,
  'GET /members/{id}/contacts': office,
  'POST /conversations/{thread}/notes': office,
  'POST /coupon-templates': office,
  'GET /coupon-templates': office,
  'GET /coupon-templates/{id}/campaigns': office,
  'GET /campaigns/{id}/coupons': office,
  'GET /coupon-pushes': office,
  'GET /coupon-pushes/{id}': office,
  'POST /campaigns': office,
  'GET /campaigns': office,
  'GET /campaigns/{id}': office,
  'PATCH /campaigns/{id}': office,
  'POST /campaigns/{id}/take-back': office,
  'GET /campaigns/{id}/take-back': office,
  'POST /campaigns/{id}/simulate': office,
  'POST /reminder-plans': office,
  'GET /reminder-plans': office,
  'PATCH /reminder-plans/{id}': office,
  'GET /events': office,
  'POST /events/replay': office,
  'GET /events/{id}': office,
  'POST /events/{id}/replay': office,
  'GET /messages': office,
  'POST /messages/{id}/retry': office,
  'POST /members/{id}/withdrawals': office,
  'GET /transfers': office,
  'GET /transfers/{id}': office,
  'POST /transfers/{id}/cancel': office,
  'POST /mass-messages': office,
  'GET /mass-messages': office,
  'GET /mass-messages/{id}': office,
  'POST /mass-messages/{id}/stop': office,
  'GET /sources': office,
  'GET /sources/{id}': office,
  'PUT /sources/{id}': office,
  'POST /sources/{id}/rotate': office,
  'GET /source-adapters': office,
  'GET /sources/{id}/health': office,
  'GET /source-health': office,
  'PUT /sources/{id}/reconciliation/{date}': office,
  'GET /sources/{id}/reconciliation': office,
  'GET /alerts': office,
  'POST /labs/signature': office,
  'POST /labs/mapping': office,
  'POST /labs/dry-run': office,
  'GET /wechat/diagnosis': office,
  'GET /channels/diagnosis': office,
  'GET /settings': office,
  'PUT /settings': office,
  'PATCH /settings': office,
  'GET /whoami': till,
  'GET /tokens': office,
  'POST /tokens': office,
  'DELETE /tokens/{id}': office,
};

let opened: Office;
beforeAll(async () => {
  opened = await openOffice();
  const others = [
    token('hk_over', ['admin'], { expiresAt: 1 }),
    token('hk_revoked', ['admin'], { revokedAt: 1 }),
  ];
  await opened.shop.db.batch(others);
});

const calls = routes.map(({ method, path }) => ({
  name: `${method} ${path}`,
  method,
  path: `/v1${path.replaceAll(/\{\w+\}/g, 'nobody')}`,
}));

async function statusFor(call: (typeof calls)[number], bearer: string | null): Promise<number> {
  const { status } = await opened.app.request(call.path, {
    method: call.method,
    headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
    ...(call.method !== 'GET' && { body: '{}' }),
  });
  return status;
}

test('every call has its line, and no line is left over', () => {
  expect(calls.map(({ name }) => name).toSorted()).toEqual(Object.keys(rights).toSorted());
});

test.each<[TokenScope, string]>(tokenScopes.map((scope) => [scope, `hk_${scope}`]))(
  'a token for %s makes the calls that are its own, and is refused at every other',
  async (scope, bearer) => {
    const found: Record<string, boolean> = {};
    for (const call of calls) found[call.name] = (await statusFor(call, bearer)) !== 403;
    const expected = Object.keys(found).map((name) => [
      name,
      rights[name]?.split(' ').includes(scope) ?? false,
    ]);
    expect(found).toEqual(Object.fromEntries(expected));
  },
);

test.each([
  ['nobody', null],
  ['a stranger', 'hk_stranger'],
  ['whoever read the database', sha256('hk_admin')],
  ['a token that is over', 'hk_over'],
  ['a token that was revoked', 'hk_revoked'],
])('%s makes no call at all', async (_, bearer) => {
  for (const call of calls) expect([call.name, await statusFor(call, bearer)]).toEqual([call.name, 401]);
});
