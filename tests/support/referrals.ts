/** 邀请好友 over real HTTP: friends who come by a link, each on a phone and at an address of their own. */
import { MerchantSettings, type MemberId, type ReferralSettings } from '../../schema/index.ts';
import { pageKeys } from '../../workers/pages/keys.ts';
import { inviteCode } from '../../workers/pages/member/invite/inviting.ts';
import { referrals } from '../../workers/commands/jobs/referrals.ts';
import { openOffice, type Office } from '../api/support.ts';
import {
  lastCode,
  logIn,
  openPages,
  ordinary,
  signUp,
  tokenIn,
  withSms,
  type Answered,
  type Pages,
  type Visitor,
} from '../pages/support.ts';
import { template } from './builders.ts';
import { roundOf } from './round.ts';
import { memberId, testSecret, type ShopSetup } from './shop.ts';

/** As in the guide: 5 coupons of 10 yuan and 2.00 yuan for each friend, and 0.5 % of what they spend. */
export const usual = {
  on: true,
  tiers: [{ fromFriends: 1, walletFen: 200, coupons: [{ templateId: '10元券', count: 5 }] }],
  rateBps: 50,
};

export type Inviting = Office & {
  readonly pages: Pages;
  /** 邀请人, who is a member already. */
  readonly inviter: { readonly id: MemberId; readonly visitor: Visitor; readonly code: string };
};

export const inviterPhone = '13800138000';

export async function openInviting(
  referral: Partial<Record<keyof ReferralSettings, unknown>> = {},
  setup: ShopSetup = {},
): Promise<Inviting> {
  const settings = MerchantSettings.parse({ ...withSms, referral: { ...usual, ...referral } });
  const office = await openOffice({
    settings,
    now: '2026-11-20 10:00',
    templates: [template('10元券')],
    ...setup,
  });
  const pages = await openPages({ shop: office.shop });
  const visitor = pages.visitor({ address: '198.51.100.1' });
  await signUp(pages, visitor, { openid: 'oInviter', phone: inviterPhone, name: '王晓晓' });
  const id = memberId(office.shop.db, 'openid:oInviter') as MemberId;
  return { ...office, pages, inviter: { id, visitor, code: await codeOf(id) } };
}

export const codeOf = (id: MemberId): Promise<string> => inviteCode(pageKeys(testSecret), id);

type Friend = {
  readonly openid: string;
  readonly phone: string;
  readonly address?: string;
  /** A browser that somebody else has used before. */
  readonly visitor?: Visitor;
  readonly by?: string;
  readonly fields?: Readonly<Record<string, string>>;
};

/** Opens the link, proves a phone and registers. */
export async function comes(
  { pages, inviter, shop }: Inviting,
  { openid, phone, address = addressOf(openid), by = inviter.code, fields = {}, ...given }: Friend,
): Promise<Answered & { readonly visitor: Visitor; readonly id: MemberId | undefined }> {
  const visitor = given.visitor ?? pages.visitor({ address });
  await logIn(pages, visitor, openid, `/m/register?by=${by}`);
  const token = tokenIn(await visitor.get(`/m/register?by=${by}`));
  const typed = { ...ordinary, name: '', phone, by, token, ...fields };
  await visitor.post('/m/register/code', typed);
  const answer = await visitor.post('/m/register', { ...typed, code: lastCode(pages) });
  const [row] = shop.db.all(`SELECT member_id FROM identities WHERE key = 'openid:${openid}'`);
  return { ...answer, visitor, id: row?.['member_id'] as MemberId | undefined };
}

let places = 0;
const known = new Map<string, string>();
function addressOf(openid: string): string {
  const address = known.get(openid) ?? `203.0.${Math.floor(places / 200)}.${(places++ % 200) + 1}`;
  known.set(openid, address);
  return address;
}

/** One turn of the chore. */
export const turn = async ({ shop }: Pick<Inviting, 'shop'>): Promise<void> =>
  void (await referrals.run(roundOf(shop), shop.clock.now));

/** What inviting has brought: coupons and money, as the API tells it. */
export async function brought({ admin }: Pick<Inviting, 'admin'>, id: MemberId): Promise<[number, number]> {
  const { json } = await admin('GET', `/members/${id}`);
  const coupons = await admin('GET', `/members/${id}/coupons?limit=200`);
  const { wallet } = json['accounts'] as { readonly wallet: number };
  return [(coupons.json['items'] as readonly unknown[]).length, wallet];
}

export const listed = async (
  { admin }: Pick<Inviting, 'admin'>,
  state: string,
): Promise<Record<string, unknown>[]> =>
  (await admin('GET', `/referrals?state=${state}&limit=200`)).json['items'] as Record<string, unknown>[];

/** Friends who have their code in hand; they register when they are told to, all at once. */
export async function prepared(
  { pages, inviter: { code: by } }: Inviting,
  friends: readonly Pick<Friend, 'openid' | 'phone'>[],
): Promise<{ readonly startTogether: () => Promise<number[]> }> {
  const forms: (() => Promise<Answered>)[] = [];
  for (const { openid, phone } of friends) {
    const visitor = pages.visitor({ address: addressOf(openid) });
    await logIn(pages, visitor, openid);
    const token = tokenIn(await visitor.get(`/m/register?by=${by}`));
    const typed = { ...ordinary, name: '', phone, by, token };
    await visitor.post('/m/register/code', typed);
    const sent = lastCode(pages);
    forms.push(() => visitor.post('/m/register', { ...typed, code: sent }));
  }
  return {
    startTogether: async () => (await Promise.all(forms.map((send) => send()))).map(({ status }) => status),
  };
}
