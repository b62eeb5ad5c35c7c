/** 标签规则: what was bought puts a tag on and takes it off; what a person took off wins until the rule matches anew (T-08, Q-20). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventId, type MemberId, type TagRuleInput } from '../../../schema/index.ts';
import { tags as tagJob } from '../../../workers/commands/jobs/tags.ts';
import { change, create } from '../../../workers/commands/definitions/define.ts';
import { tagDictionaries, tagRules } from '../../../workers/commands/tags/definitions.ts';
import { tagMember } from '../../../workers/commands/tags/tag-member.ts';
import { line, product, refund, sale, voided } from '../../support/builders.ts';
import { roundOf } from '../../support/round.ts';
import { memberId, openShop, tagsOf, type Shop } from '../../support/shop.ts';

const m1 = 'ext:pos:M1';
const lace = '蕾丝控';

export const rule = (given: Partial<TagRuleInput> = {}): TagRuleInput => ({
  tag: lace,
  scope: { include: [{ kind: 'category', ids: ['01'] }], exclude: [] },
  times: 2,
  amountFen: null,
  days: null,
  enabled: true,
  ...given,
});

async function draw(shop: Shop, given: Partial<TagRuleInput> = {}): Promise<string> {
  const draft = await create(tagRules, shop.db, rule(given), shop.clock.now);
  if ('code' in draft) throw new Error(draft.detail);
  await shop.db.batch(draft.statements);
  return draft.row.id;
}

const recount = async (shop: Shop): Promise<void> => {
  while (await tagJob.run(roundOf(shop), shop.clock.now));
};

const opened = () =>
  openShop({
    products: [product({ sku: 'milk' }), product({ sku: 'cup', categoryPath: [{ id: '02', name: '杯' }] })],
  });

let acts = 0;
async function hand(shop: Shop, put: readonly string[], off: readonly string[]): Promise<void> {
  const id = memberId(shop.db, m1) as MemberId;
  const tagging = { put, off, from: null };
  await tagMember(
    shop.engine,
    { id: EventId.parse(`t${(acts += 1)}`), memberId: id, tagging },
    shop.clock.now,
  );
}

const buy = (orderNo: string, given = {}) => sale({ orderNo, ...given });
const comeBack = (orderNo: string) => refund({ orderNo, refundNo: `R${orderNo}` });

describe('T-08', () => {
  test('bought category 01 at least twice: the second receipt puts the tag on, and its return takes it off', async () => {
    const shop = await opened();
    await draw(shop);
    await shop.tell(buy('1'));
    await shop.tell(buy('2', { lines: [line({ sku: 'cup' })] }));
    expect(tagsOf(shop.db, m1)).toEqual([]);
    await shop.tell(buy('3', { lines: [line(), line()] }));
    expect(tagsOf(shop.db, m1)).toEqual([lace]);
    await shop.tell(comeBack('1'));
    expect(tagsOf(shop.db, m1)).toEqual([]);
  });

  test('for at least 300 yuan of it: 299.99 is not enough, another cent is', async () => {
    const shop = await opened();
    await draw(shop, { times: null, amountFen: 30_000 });
    await shop.tell(
      buy('1', { lines: [line({ amountFen: 29_999 }), line({ sku: 'cup', amountFen: 9_000 })] }),
    );
    expect(tagsOf(shop.db, m1)).toEqual([]);
    await shop.tell(buy('2', { lines: [line({ amountFen: 1 })] }));
    expect(tagsOf(shop.db, m1)).toEqual([lace]);
  });

  test('within 30 days: the 31st day counts no more, and the next purchase of anything says so', async () => {
    const shop = await openShop({
      now: '2026-12-30 15:00',
      products: [product({ sku: 'milk' }), product({ sku: 'cup', categoryPath: [{ id: '02', name: '杯' }] })],
    });
    await draw(shop, { days: 30 });
    shop.clock.now -= 38 * 86_400_000;
    await shop.tell(buy('1', { at: '2026-11-22 10:00' }), buy('2', { at: '2026-11-22 11:00' }));
    expect(tagsOf(shop.db, m1)).toEqual([lace]);
    shop.clock.now += 30 * 86_400_000;
    await shop.tell(buy('3', { at: '2026-12-22 12:00', lines: [line({ sku: 'cup' })] }));
    expect(tagsOf(shop.db, m1)).toEqual([]);
  });

  test('of what was bought before the rule was made the job tells: once, though it is run again, and returns still count', async () => {
    const shop = await opened();
    await shop.tell(buy('1'), buy('2'), buy('3', { member: { externalId: 'M2' } }));
    const id = await draw(shop);
    expect(tagsOf(shop.db, m1)).toEqual([]);
    await recount(shop);
    expect([tagsOf(shop.db, m1), tagsOf(shop.db, 'ext:pos:M2')]).toEqual([[lace], []]);
    await shop.tell(comeBack('2'));
    expect(tagsOf(shop.db, m1)).toEqual([]);
    await change(tagRules, shop.db, { id: id as never, patch: { times: 1 } }, shop.clock.now);
    await recount(shop);
    expect([tagsOf(shop.db, m1), tagsOf(shop.db, 'ext:pos:M2')]).toEqual([[lace], [lace]]);
    await change(tagRules, shop.db, { id: id as never, patch: { enabled: false } }, shop.clock.now);
    await recount(shop);
    expect(tagsOf(shop.db, m1)).toEqual([]);
  });

  test('a rule whose tag excludes others is refused, and so is a dictionary that would make it so', async () => {
    const shop = await opened();
    await draw(shop);
    const dictionary = { name: '风格', tags: [lace, '简约'], single: true, enabled: true };
    expect(await create(tagDictionaries, shop.db, dictionary, 0)).toMatchObject({
      status: 422,
      field: 'single',
    });
  });
});

/** buy and back move what the rule counts by one receipt; off and on are a person’s. */
type Step = 'buy' | 'back' | 'off' | 'on';

async function walk(steps: readonly Step[]): Promise<readonly boolean[]> {
  const shop = await opened();
  await draw(shop);
  const held: string[] = [];
  let next = 0;
  const worn: boolean[] = [];
  await shop.tell(buy('0', { lines: [line({ sku: 'cup' })] }));
  for (const step of steps) {
    if (step === 'buy') {
      held.push(String((next += 1)));
      await shop.tell(buy(held.at(-1) ?? ''));
    } else if (step === 'back') {
      const orderNo = held.pop();
      if (orderNo !== undefined) await shop.tell(voided({ orderNo }));
    } else await hand(shop, step === 'on' ? [lace] : [], step === 'off' ? [lace] : []);
    worn.push(tagsOf(shop.db, m1).includes(lace));
  }
  return worn;
}

describe('Q-20: what was taken off by hand', () => {
  test.each<readonly [string, readonly Step[], readonly boolean[]]>([
    [
      'stays off while the rule goes on to hold',
      ['buy', 'buy', 'off', 'buy', 'buy'],
      [false, true, false, false, false],
    ],
    [
      'comes back when the rule did not hold and does again',
      ['buy', 'buy', 'off', 'back', 'buy'],
      [false, true, false, false, true],
    ],
    [
      'before the rule ever held, does not keep it from holding',
      ['on', 'off', 'buy', 'buy'],
      [true, false, false, true],
    ],
    [
      'is on again when a person puts it on, and then stays',
      ['buy', 'buy', 'off', 'on', 'back'],
      [false, true, false, true, true],
    ],
    [
      'put on and taken off again is off still',
      ['buy', 'buy', 'off', 'on', 'off', 'buy'],
      [false, true, false, true, false, false],
    ],
    [
      'a return that leaves the rule holding changes nothing',
      ['buy', 'buy', 'buy', 'off', 'back', 'buy'],
      [false, true, true, false, false, false],
    ],
  ])('%s', async (_, steps, expected) => {
    expect(await walk(steps)).toEqual(expected);
  });

  test('comes back when a rule newly matches, though goods vouched for it all the time', async () => {
    const shop = await openShop({ products: [product({ sku: 'milk', tags: [lace] })] });
    await draw(shop);
    await shop.tell(buy('1'));
    await hand(shop, [], [lace]);
    expect(tagsOf(shop.db, m1)).toEqual([]);
    await shop.tell(buy('2'));
    expect(tagsOf(shop.db, m1)).toEqual([lace]);
  });

  test('whatever the order, she wears it as the plain rule says', async () => {
    const step = fc.constantFrom<Step>('buy', 'buy', 'back', 'off', 'on');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        expect(await walk(steps)).toEqual(expectedOf(steps));
      }),
      { numRuns: 15 },
    );
  });
});

/** By hand, or the rule, and then nothing after it took it off that did not match anew. */
function expectedOf(steps: readonly Step[]): boolean[] {
  let [count, byHand, isOff] = [0, false, false];
  return steps.map((step) => {
    const held = count >= 2;
    if (step === 'buy') count += 1;
    if (step === 'back') count = Math.max(0, count - 1);
    if (!held && count >= 2) isOff = false;
    if (step === 'on') [byHand, isOff] = [byHand || isOff || count < 2, false];
    if (step === 'off') [byHand, isOff] = [false, count >= 2];
    return byHand || (count >= 2 && !isOff);
  });
}

describe('two members who turn out to be one', () => {
  const united = { type: 'member.merged', id: 'mg', occurredAt: '2026-11-22T14:00:00+08:00' };
  const merge = (shop: Shop) =>
    shop.tell({ ...united, data: { from: { externalId: 'M2' }, into: { externalId: 'M1' } } });

  test('wear the tags of both, what was taken off either stays off, and the next receipt counts both', async () => {
    const shop = await opened();
    await draw(shop);
    const other = { member: { externalId: 'M2' } };
    await shop.tell(
      buy('1'),
      buy('2'),
      buy('3', other),
      buy('4', { ...other, lines: [line({ sku: 'cup' })] }),
    );
    await hand(shop, ['熟客'], [lace]);
    await merge(shop);
    expect(tagsOf(shop.db, m1)).toEqual(['熟客']);
    await shop.tell(voided({ orderNo: '1' }));
    expect(tagsOf(shop.db, m1)).toEqual(['熟客']);
    await shop.tell(voided({ orderNo: '2' }));
    await shop.tell(buy('5'));
    expect(tagsOf(shop.db, m1)).toEqual(['熟客', lace].toSorted());
  });
});
