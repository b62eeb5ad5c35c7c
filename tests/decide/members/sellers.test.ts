/** 无主会员: whoever serves a member at the till is suggested; the member's own scan or link decides. */
import { describe, expect, test } from 'vitest';
import { EventId, type ReminderDue } from '../../../schema/index.ts';
import { processGroup } from '../../../workers/engine/process.ts';
import { plan, sale } from '../../support/builders.ts';
import { events } from '../../support/account.ts';
import { join, openStory } from '../../support/scenes.ts';
import { memberRows, outboxRows, reminderRows, type Shop } from '../../support/shop.ts';

const [ma, phone] = ['oMa', '13912345487'];
const served = (associate: string) =>
  sale({ member: { phone }, associate: { id: associate, name: '收银小赵' } });

describe('a member whom associate g7 served first', () => {
  test('belongs to nobody yet: g7 is only suggested', async () => {
    const { shop } = await openStory();
    await shop.tell(served('g7'));
    expect(memberRows(shop.db)).toMatchObject([{ associateId: null, sellerId: 'g7' }]);
  });

  test('is bound to whose code she scans first, after registering or before', async () => {
    const { shop, account } = await openStory();
    await shop.tell(served('g7'));
    await join(shop, ma, phone);
    const scanned = await account.push(ma, events.scan('adv_12'));
    expect(scanned.reply?.text).toBe('您好，我是您的专属导购小李，有问题直接在这里问我。');
    expect(memberRows(shop.db)).toMatchObject([{ associateId: '12', sellerId: 'g7' }]);
  });

  test('or to whose link she registers by', async () => {
    const { shop, account } = await openStory();
    await shop.tell(served('g7'));
    await account.push(ma, events.follow('adv_12'));
    await join(shop, ma, phone);
    expect(memberRows(shop.db)).toMatchObject([{ associateId: '12' }]);
  });

  test('is theirs at once in a shop that has it so', async () => {
    const { shop } = await openStory([], { settings: { firstSellerOwns: true } });
    await shop.tell(served('g7'));
    expect(memberRows(shop.db)).toMatchObject([{ associateId: 'g7', sellerId: 'g7' }]);
  });

  test('is seen to by g7 when the milk runs out, until somebody is chosen, and by the chosen one from then on', async () => {
    const reminded = async (isChosen: boolean): Promise<unknown> => {
      const { shop, account } = await openStory([], { plans: [plan('S1')] });
      shop.clock.now = Date.parse('2026-11-01T14:05:00+08:00');
      await shop.tell(
        sale({ at: '2026-11-01 14:00', member: { phone, openid: ma }, associate: { id: 'g7' } }),
      );
      if (isChosen) await account.push(ma, events.scan('adv_12'));
      await wake(shop);
      return outboxRows(shop.db).find(({ kind }) => kind === 'run-out-associate')?.associateId;
    };
    expect([await reminded(false), await reminded(true)]).toEqual(['g7', '12']);
  });
});

async function wake(shop: Shop): Promise<void> {
  const [pending] = reminderRows(shop.db);
  if (!pending) throw new Error('nothing waits');
  const { memberId, planId, subject, kind, sendAt } = pending;
  const event: ReminderDue = {
    type: 'reminder.due',
    id: EventId.parse('woken'),
    namespace: '',
    occurredAt: sendAt,
    memberId,
    planId,
    subject,
    kind,
  };
  await processGroup(shop.engine, [{ event, seq: null }], sendAt);
}
