/** 自动回复试一试: asked beforehand, answered as a follower would be, and nothing is written. */
import { expect, test } from 'vitest';
import type { AssociateId } from '../../../schema/index.ts';
import { events, openAccount } from '../../support/account.ts';
import { sale } from '../../support/builders.ts';
import { join } from '../../support/scenes.ts';
import { rowCounts } from '../../support/shop.ts';
import { openOffice } from '../support.ts';

const guide = {
  id: '12' as AssociateId,
  name: '小李',
  storeId: null,
  openid: null,
  wecomUserId: null,
  endedAt: null,
  successorId: null,
  codesGoOn: false,
  rev: 1,
};
const keywords = [
  { match: 'contains', words: ['奶粉'], reply: '奶粉在一楼。' },
  { match: 'exact', words: ['积分', '余额'], reply: '{会员}，您有{积分}积分。' },
];

async function open(fallback: string | null = null) {
  const settings = { shopName: '阳光母婴', wechat: { keywords, fallback } } as never;
  const office = await openOffice({ associates: [guide], settings });
  const tried = async (text: string, openid?: string) => {
    const before = rowCounts(office.shop.db);
    const body = { text, ...(openid !== undefined && { openid }) };
    const { json } = await office.admin('POST', '/wechat/replies/try', { body });
    expect(rowCounts(office.shop.db)).toEqual(before);
    return json;
  };
  return { office, tried };
}

test('says which rule would answer a stranger, and with what', async () => {
  const { tried } = await open();
  expect(await tried('奶粉多少钱')).toEqual({
    answeredBy: 'keyword',
    rule: { index: 0, match: 'contains', words: ['奶粉'] },
    text: '奶粉在一楼。',
    missing: [],
  });
});

test('says which variables a stranger has no value for', async () => {
  const { tried } = await open();
  expect(await tried('余额')).toEqual({
    answeredBy: 'keyword',
    rule: { index: 1, match: 'exact', words: ['积分', '余额'] },
    text: null,
    missing: ['会员', '积分'],
  });
});

test('answers as one follower would be answered', async () => {
  const { office, tried } = await open();
  const account = openAccount(office.shop);
  await account.push('oMa', events.follow());
  await join(office.shop, 'oMa', '13912345487');
  await office.shop.tell(sale({ member: { phone: '13912345487' } }));
  expect(await tried('积分', 'oMa')).toMatchObject({ text: '张妈妈，您有100积分。', missing: [] });
});

test('says when it is the fallback, an associate, or nobody', async () => {
  const { office, tried } = await open('请稍等。');
  const account = openAccount(office.shop);
  await account.push('oMa', events.follow('adv_12'));
  expect(await tried('在吗')).toEqual({ answeredBy: 'fallback', rule: null, text: '请稍等。', missing: [] });
  expect(await tried('在吗', 'oMa')).toEqual({
    answeredBy: 'associate',
    rule: null,
    text: null,
    missing: [],
  });
  const silent = await open();
  expect(await silent.tried('在吗')).toEqual({ answeredBy: 'nobody', rule: null, text: null, missing: [] });
});
