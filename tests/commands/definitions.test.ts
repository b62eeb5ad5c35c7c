/** 定义: whatever is drawn up is drawn up in one way, and two people who save at once lose nothing. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { campaigns } from '../../workers/commands/definitions/campaigns.ts';
import { couponTemplates } from '../../workers/commands/definitions/coupon-templates.ts';
import { change, create } from '../../workers/commands/definitions/define.ts';
import { reminderPlans } from '../../workers/commands/definitions/reminder-plans.ts';
import { endOfTime } from '../../workers/db/paging.ts';
import { openShop, type Shop } from '../support/shop.ts';

const ordinary = {
  name: '买就送分',
  status: 'active',
  rewards: [{ kind: 'points', points: 10 }],
};

async function drawn(shop: Shop): Promise<ReturnType<typeof campaigns.placeOf>['id']> {
  const draft = await create(campaigns, shop.engine.db, campaigns.input.parse(ordinary), shop.clock.now);
  if ('code' in draft) throw new Error(draft.detail);
  await shop.engine.db.batch(draft.statements);
  return campaigns.placeOf(draft.row).id;
}

test.each([campaigns, couponTemplates, reminderPlans])('a form can be drawn for $label', (definition) => {
  const form = z.toJSONSchema(definition.input, { io: 'input', unrepresentable: 'any' });
  expect(form.properties ?? form.anyOf ?? form.oneOf).toBeDefined();
});

test('a draft is nothing until it is written, and the first of the list afterwards', async () => {
  const shop = await openShop();
  const { db } = shop.engine;
  const list = () => campaigns.list(db, { at: endOfTime, id: '' }, 10);
  const draft = await create(campaigns, db, campaigns.input.parse(ordinary), shop.clock.now);
  if ('code' in draft) throw new Error(draft.detail);
  expect(await list()).toEqual([]);
  await db.batch(draft.statements);
  expect(await list()).toEqual([draft.row]);
});

/** Somebody else saves between the reading and the writing, `times` times. */
function disturbed(times: number, save: () => Promise<unknown>): typeof campaigns {
  let left = times;
  const replace: typeof campaigns.replace = async (db, next, current) => {
    if (left > 0) {
      left -= 1;
      await save();
    }
    return campaigns.replace(db, next, current);
  };
  return { ...campaigns, replace };
}

test('two people save at once: one renames the campaign, the other doubles the points, and both stand', async () => {
  const shop = await openShop();
  const { db } = shop.engine;
  const id = await drawn(shop);
  const other = { id, patch: { rewards: [{ kind: 'points', points: 20 }] } };
  const definition = disturbed(1, () => change(campaigns, db, other, shop.clock.now));
  const changed = await change(definition, db, { id, patch: { name: '买就双倍' } }, shop.clock.now);
  if ('code' in changed) throw new Error(changed.detail);
  expect(changed.row.version).toMatchObject({
    version: 3,
    definition: { name: '买就双倍', rewards: [{ kind: 'points', points: 20 }] },
  });
});

test('whoever is overtaken three times is told, and nothing of theirs is written', async () => {
  const shop = await openShop();
  const { db } = shop.engine;
  const id = await drawn(shop);
  let saves = 0;
  const definition = disturbed(9, () => {
    saves += 1;
    return change(campaigns, db, { id, patch: { priority: saves } }, shop.clock.now);
  });
  const changed = await change(definition, db, { id, patch: { name: '谁也不会看到' } }, shop.clock.now);
  expect(changed).toMatchObject({ status: 409, code: 'changed_meanwhile' });
  expect(saves).toBe(3);
  expect((await campaigns.read(db, id))?.version.definition).toMatchObject({ name: '买就送分', priority: 3 });
});
