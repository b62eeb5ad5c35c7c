/** 充值冲正、储值退款: what the office does with stored value, with a reason; paying out is asked again. */
import * as z from 'zod';
import { Fen, StoreId, type MemberId } from '../../../../schema/index.ts';
import { cashOut, correctStored, reverseTopUp } from '../../../commands/stored/stored.ts';
import { heldIn, listStored } from '../../../db/stored/stored-value.ts';
import { forfeitOf, sumOf } from '../../../decide/stored/parts.ts';
import type { Problem } from '../../../platform/problem.ts';
import { moment, money } from '../kit/format.ts';
import { office, owner } from '../kit/nav.ts';
import { memberAct } from '../members/act-form.tsx';
import { cashOutWords, reversalWords, storedCorrectionWords } from '../words/forms/stored.ts';
import { atCounter, carried, heldWords, numberOf, Reason, shownMax, storeChoices } from './carried.ts';

export const ReversalInput = z.strictObject({ rechargeId: z.string().min(1), reason: Reason });

const reversing = memberAct({
  part: 'top-up-off',
  title: '充值冲正',
  who: office,
  act: 'stored.reverse',
  schema: ReversalInput,
  words: reversalWords,
  lead: heldWords,
  value: () => ({}),
  choices: async ({ db, id, now }) => ({
    rechargeId: (await listStored(db, id as MemberId, shownMax)).recharges.map((one) => ({
      value: one.id,
      label: `${moment(one.occurredAt, now)} 收 ${money(one.paidFen)} 元，到账 ${money(sumOf(one))} 元（${numberOf(one.id)}）`,
    })),
  }),
  carry: async ({ deps, now }, found, { input }) => {
    const number = input.rechargeId;
    const asked = { memberId: found.member.id, number, data: { rechargeNo: numberOf(number) } };
    return carried(await reverseTopUp(deps.engine, asked, now), found, input);
  },
});

export const CashOutForm = z.strictObject({
  principalFen: Fen.min(1),
  storeId: StoreId,
  reason: Reason,
  isSure: z.boolean().default(false),
});

const cashingOut = memberAct({
  part: 'cash-out',
  title: '储值退款',
  who: office,
  act: 'stored.cash-out',
  schema: CashOutForm,
  words: cashOutWords,
  lead: (found) =>
    `${heldWords(found)}只退本金：退掉本金的几分之几，赠送就作废几分之几；本金退完，赠送全部作废。`,
  value: () => ({}),
  choices: storeChoices,
  carry: async ({ deps, now }, found, { input, key }) => {
    const { principalFen, storeId, isSure, reason } = input;
    const held = heldIn(found.balances);
    if (!isSure && principalFen <= held.principalFen)
      return { problem: sureness({ principalFen, bonusFen: forfeitOf(held, principalFen) }) };
    const data = { cashOutNo: key, principalFen, store: { id: storeId } };
    const asked = { memberId: found.member.id, number: atCounter(key), data };
    return carried(await cashOut(deps.engine, asked, now), found, { storeId, reason });
  },
});

const Amount = Fen.min(1).nullable().default(null);
export const StoredCorrectionInput = z
  .strictObject({
    way: z.enum(['add', 'take']),
    principalFen: Amount,
    bonusFen: Amount,
    reason: Reason,
  })
  .refine(({ principalFen, bonusFen }) => principalFen !== null || bonusFen !== null, {
    path: ['principalFen'],
    message: 'nothing is put right',
  });

const correcting = memberAct({
  part: 'stored',
  title: '更正储值',
  who: owner,
  act: 'stored.correct',
  schema: StoredCorrectionInput,
  words: storedCorrectionWords,
  lead: (found) => `${heldWords(found)}记错了才在这里改，本金和赠送分开；都不能减到零以下。`,
  value: () => ({ way: 'add' }),
  carry: async ({ deps, now }, found, { input: { way, reason, ...told }, key }) => {
    const signed = (fen: number | null): number => (way === 'add' ? (fen ?? 0) : 0 - (fen ?? 0));
    const parts = { principalFen: signed(told.principalFen), bonusFen: signed(told.bonusFen) };
    const asked = { memberId: found.member.id, number: key, parts };
    return carried(await correctStored(deps.engine, asked, now), found, { reason });
  },
});

const sureness = (numbers: { principalFen: number; bonusFen: number }): Problem => ({
  status: 409,
  code: 'STORED_ASK_AGAIN',
  detail: 'it has to be said again',
  numbers,
});

export const storedOfficeScreens = [reversing, cashingOut, correcting];
