/** 绑定导购送券 (J-26): given when a member scans her code or the shop says whose they are; once, whoever they belong to later. */
import { beforeEach, expect, test } from 'vitest';
import { MerchantSettings, type EventId, type MemberId } from '../../../schema/index.ts';
import { forgetMember } from '../../../workers/commands/members/forget.ts';
import { unite } from '../../../workers/commands/members/merge.ts';
import { rebind } from '../../../workers/commands/members/rebind.ts';
import { events } from '../../support/account.ts';
import { campaign, sale, template } from '../../support/builders.ts';
import { guide, join, openStory, type Story } from '../../support/scenes.ts';
import { couponRows } from '../../support/shop.ts';

const gift = campaign('B1', {
  name: '绑定导购送10元',
  trigger: 'member.bound',
  conditions: [],
  rewards: [{ kind: 'coupon', templateId: 'T1', count: 1 }],
});

let story: Story;
beforeEach(async () => {
  story = await openStory([], {
    associates: [guide('12', '小李'), guide('13', '小王')],
    settings: MerchantSettings.parse({ shopName: '阳光母婴' }),
    templates: [template('T1', { name: '10元券', valueFen: 1_000 })],
    campaigns: [gift],
  });
});

const phone = '13912345487';
const coupons = () => couponRows(story.shop.db).map(({ templateId, campaignId }) => [templateId, campaignId]);
const one = [['T1', 'B1']];
const idOf = (number: string): MemberId =>
  story.shop.db.all(`SELECT id FROM members WHERE phone = ?`, number)[0]?.['id'] as MemberId;
const give = (associateId: string | null, id: string, number = phone) =>
  rebind(
    story.shop.engine,
    {
      id: id as EventId,
      memberId: idOf(number),
      change: { associateId: associateId as never },
      reason: '店里指定',
      by: '陈老板',
    },
    story.shop.clock.now,
  );
const later = (): void => {
  story.shop.clock.now += 60_000;
};

test('a member who scans 小李’s code gets the coupon once; scanning it again, or the code of 小王, brings no second', async () => {
  await join(story.shop, 'oMa', phone);
  later();
  await story.account.push('oMa', events.scan('adv_12'));
  expect(coupons()).toEqual(one);
  for (const code of ['adv_12', 'adv_13']) {
    later();
    await story.account.push('oMa', events.scan(code));
  }
  expect(coupons()).toEqual(one);
});

test('who scanned before registering gets it with the registration (J-25)', async () => {
  await story.account.push('oMa', events.follow('adv_12'));
  expect(coupons()).toEqual([]);
  later();
  await join(story.shop, 'oMa', phone);
  expect(coupons()).toEqual(one);
});

test('given to 小李 by hand brings it; to nobody and then to 小王 brings no second', async () => {
  await join(story.shop, 'oMa', phone);
  expect(coupons()).toEqual([]);
  await give('12', 'e1');
  expect(coupons()).toEqual(one);
  await give(null, 'e2');
  await give('13', 'e3');
  expect(coupons()).toEqual(one);
});

test('one who had it joins one who had none: whoever they are given to, there is no second', async () => {
  await join(story.shop, 'oMa', phone);
  await join(story.shop, 'oBa', '13912345488');
  await give('12', 'e1');
  const [from, into] = [idOf(phone), idOf('13912345488')];
  await unite(story.shop.engine, { key: 'k2', fromId: from, intoId: into }, story.shop.clock.now);
  story.shop.db.all(`UPDATE members SET associate_id = NULL, version = version + 1 WHERE id = ?`, into);
  later();
  await story.account.push('oBa', events.scan('adv_13'));
  expect(coupons()).toEqual(one);
});

test('who is forgotten and comes back under the same phone is bound again, and gets no second', async () => {
  await join(story.shop, 'oMa', phone, '张妈妈', ['the digest of her phone']);
  later();
  await story.account.push('oMa', events.scan('adv_12'));
  expect(coupons()).toHaveLength(1);
  await forgetMember(story.shop.engine, { key: 'k9', memberId: idOf(phone) }, story.shop.clock.now);
  later();
  await story.account.push('oNew', events.follow('adv_13'));
  later();
  await join(story.shop, 'oNew', phone, '张妈妈', ['the digest of her phone']);
  later();
  await story.account.push('oNew', events.scan('adv_12'));
  expect(coupons()).toHaveLength(1);
});

test('a sale that 小李 rings up binds nobody, and brings nothing', async () => {
  await story.shop.tell(sale({ member: { externalId: 'M1', phone }, associate: { id: '12', name: '小李' } }));
  expect(coupons()).toEqual([]);
});
