/** 柜台办超级会员: 开通、续费、撤销; the office pays back, and sees the sum before it does. */
import * as z from 'zod';
import { StoreId, type MemberId, type SuperEnd } from '../../../../schema/index.ts';
import {
  backNow,
  endMembership,
  sellMembership,
  type SuperAnswer,
} from '../../../commands/super/memberships.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { readMemberships } from '../../../db/super/memberships.ts';
import { numberIn } from '../../../decide/super/end.ts';
import { planWords } from '../../../words/holdings/super-words.ts';
import { lastMomentOf } from '../../words.ts';
import type { Choices } from '../form/words.ts';
import { moment, money } from '../kit/format.ts';
import { counter, office } from '../kit/nav.ts';
import { maySeeStore, type Visit } from '../kit/visit.ts';
import { memberAct, notDecided, type Carried } from '../members/act-form.tsx';
import { atCounter, notYours, OwnNumber, Reason, storeChoices } from '../stored/carried.ts';
import { superRefundWords, superSaleWords, superUndoWords } from '../words/forms/super.ts';

export const SuperSaleInput = z.strictObject({
  plan: z.string().min(1).max(40),
  storeId: StoreId,
  saleNo: OwnNumber,
});

const selling = memberAct({
  part: 'super',
  title: '开通、续超级会员',
  who: counter,
  act: 'super.sell',
  schema: SuperSaleInput,
  words: superSaleWords,
  lead: ({ member: { superUntil } }, now) =>
    superUntil !== null && superUntil > now
      ? `先收钱，再续费。现在的到 ${lastMomentOf(superUntil, now)}，续的接在后面。`
      : '先收钱，再开通。今天就算一天。',
  value: () => ({}),
  choices: async (visit) => {
    const { superMembership } = await readSettings(visit.db);
    const plan = superMembership.plans.map((one) => ({ value: one.name, label: planWords(one) }));
    return { plan, ...(await storeChoices(visit)) };
  },
  carry: async ({ deps, now, person }, { member }, { input, key }) => {
    const { plan, storeId } = input;
    if (!maySeeStore(person, storeId)) return notYours;
    const saleNo = input.saleNo ?? key;
    const asked = { memberId: member.id, number: atCounter(saleNo), plan, storeId, paidFen: null };
    return carried(await sellMembership(deps.engine, asked, now), { ...input, saleNo });
  },
});

export const SuperUndoInput = z.strictObject({ membershipId: z.string().min(1) });

const undoing = memberAct({
  part: 'super-undo',
  title: '撤销超级会员',
  who: counter,
  act: 'super.undo',
  schema: SuperUndoInput,
  words: superUndoWords,
  lead: () => '卖错了，24 小时内可以撤销：全额退钱，送的一起收回。',
  value: () => ({}),
  choices: async (visit) => ({ membershipId: await open(visit, 'undone') }),
  carry: (visit, { member }, { input }) =>
    end(visit, member.id, { as: 'undone', chosen: input.membershipId }),
});

export const SuperRefundInput = z.strictObject({
  membershipId: z.string().min(1),
  reason: Reason,
  isSure: z.boolean().default(false),
});

const refunding = memberAct({
  part: 'super-refund',
  title: '退超级会员',
  who: office,
  act: 'super.refund',
  schema: SuperRefundInput,
  words: superRefundWords,
  lead: () => '按卖的时候说好的规定退。退了马上到期，和它一起到期的券也到期，开通送的没用过的收回。',
  value: () => ({}),
  choices: async (visit) => ({ membershipId: await open(visit, 'refunded') }),
  carry: async (visit, { member }, { input: { membershipId: chosen, reason, isSure } }) => {
    const { backFen } = chosenOf(chosen);
    if (!isSure)
      return { problem: { status: 409, code: 'SUPER_ASK_AGAIN', detail: 'again', numbers: { backFen } } };
    return end(visit, member.id, { as: 'refunded', chosen, reason });
  },
});

type Choice = Choices[string][number];

/** What can be done now, each with the sum that was shown: another sum by then is another question. */
async function open({ db, deps, id, now }: Visit, as: SuperEnd): Promise<Choice[]> {
  const [config, all] = await Promise.all([deps.engine.config.get(), readMemberships(db, id as MemberId)]);
  return all.flatMap((one): Choice[] => {
    const back = backNow(config, one, all, { as, now });
    if (typeof back !== 'number') return [];
    const { row } = one;
    const words = `${row.plan}，${moment(row.soldAt, now)} 买，实收 ${money(row.paidFen)} 元，到 ${lastMomentOf(row.untilAt, now)}`;
    return [{ value: `${back}@${row.id}`, label: `${words}：退 ${money(back)} 元` }];
  });
}

function chosenOf(chosen: string): { readonly backFen: number; readonly number: string } {
  const [, fen, number = ''] = /^(\d{1,12})@(.+)$/s.exec(chosen) ?? [];
  return { backFen: Number(fen ?? 0), number };
}

type Ending = { readonly as: SuperEnd; readonly chosen: string; readonly reason?: string };

async function end(visit: Visit, memberId: MemberId, { as, chosen, reason }: Ending): Promise<Carried> {
  const { deps, now } = visit;
  const { backFen, number } = chosenOf(chosen);
  const done = await endMembership(deps.engine, { memberId, number, as, backFen }, now);
  return carried(done, { reason });
}

function carried(done: SuperAnswer, more: object): Carried {
  if ('undecided' in done) return { problem: notDecided };
  if ('isNobody' in done) return notYours;
  if ('miss' in done) {
    const { reason, ...numbers } = done.miss;
    const facts = Object.entries(numbers).filter(
      (one): one is [string, number] => typeof one[1] === 'number',
    );
    return {
      problem: { ...notDecided, status: 409, code: `SUPER_${reason}`, numbers: Object.fromEntries(facts) },
    };
  }
  const { id, plan, paidFen, backFen, untilAt, endedAs } = done.done;
  return {
    before: null,
    after: { ...more, number: numberIn(id), plan, paidFen, untilAt, ...(endedAs !== null && { backFen }) },
  };
}

export const superScreens = [selling, undoing, refunding];
