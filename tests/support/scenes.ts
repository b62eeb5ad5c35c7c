/** 扫码 stories: a shop with codes, people who scan them, and what they are answered. */
import { scenes, type AssociateId, type MemberJoined, type Scene } from '../../schema/index.ts';
import { insertSet } from '../../workers/db/set.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { openAccount, type Account } from './account.ts';
import { openShop, type Shop, type ShopSetup } from './shop.ts';

export const guide = (id: string, name: string) => ({
  id: id as AssociateId,
  name,
  storeId: null,
  openid: null,
  wecomUserId: null,
  endedAt: null,
  successorId: null,
  codesGoOn: false,
  rev: 1,
});

export const scene = (id: string, given: Pick<Scene, 'kind' | 'targetId'> & Partial<Scene>): Scene => ({
  id,
  name: id,
  ticket: 'gQ',
  url: 'http://weixin.qq.com/q/1',
  expiresAt: null,
  createdAt: 0,
  scans: 0,
  claims: 0,
  renewalDays: null,
  ...given,
});

export type Story = { readonly shop: Shop; readonly account: Account };

export async function openStory(codes: readonly Scene[] = [], setup: ShopSetup = {}): Promise<Story> {
  const shop = await openShop({
    associates: [guide('12', '小李'), guide('13', '小王')],
    settings: { shopName: '阳光母婴', publicUrl: 'https://huike.example' },
    ...setup,
  });
  if (codes.length > 0) await shop.db.batch([insertSet(scenes, codes)]);
  return { shop, account: openAccount(shop) };
}

/** 注册, with a number that was proved. */
export async function join(
  { engine, clock }: Shop,
  openid: string,
  phone: string,
  name = '张妈妈',
  digests: readonly string[] = [],
): Promise<void> {
  const event: MemberJoined = {
    type: 'member.joined',
    // A test's own id, as the page that takes the code would make one.
    id: `join:${openid}` as MemberJoined['id'],
    namespace: '',
    occurredAt: clock.now,
    openid,
    digests,
    unionid: null,
    phone,
    name,
    children: [],
    birthdayOn: null,
    storeId: null,
    associateId: null,
    source: null,
  };
  await processGroup(engine, [{ event, seq: null }], clock.now);
}
