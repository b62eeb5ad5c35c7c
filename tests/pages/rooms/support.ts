/** 会员的房间: a shop with both its faces, the member’s phone and the office’s API, over one database. */
import type { MemberId } from '../../../schema/index.ts';
import { memberId } from '../../support/shop.ts';
import { openOffice, type Json, type Office } from '../../api/support.ts';
import { logIn, openPages, withSms, words, type Pages, type Setup, type Visitor } from '../support.ts';

export type House = Pages &
  Pick<Office, 'admin' | 'pos'> & {
    readonly phone: Visitor;
    readonly id: () => MemberId;
    readonly page: (path: string) => Promise<string>;
    readonly member: () => Promise<Json>;
    readonly rows: (account: string) => Promise<readonly { delta: number; balance: number; cause: string }[]>;
  };

/** Who buys is `oMother` in WeChat, and M1 at the till. */
export const mother = { externalId: 'M1', openid: 'oMother', name: '周女士', phone: '13912345487' };

export async function openHouse(setup: Setup = {}): Promise<House> {
  const office = await openOffice({ settings: withSms, ...setup });
  const pages = await openPages({ ...setup, shop: office.shop });
  const phone = pages.visitor();
  await logIn(pages, phone, mother.openid);
  const id = (): MemberId => memberId(office.shop.db, 'ext:pos:M1') as MemberId;
  return {
    ...pages,
    admin: office.admin,
    pos: office.pos,
    phone,
    id,
    page: async (path) => words(await phone.get(path)),
    member: async () => (await office.pos('GET', `/members/${id()}`)).json,
    rows: async (account) => {
      const { json } = await office.pos('GET', `/members/${id()}/ledger?account=${account}&limit=100`);
      return json['items'] as never;
    },
  };
}

/** Whatever stands under `data-account`, as it is written. */
export const figureIn = (text: string, account: string): string =>
  new RegExp(`data-account="${account}">([^<]+)<`).exec(text)?.[1] ?? '';

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
