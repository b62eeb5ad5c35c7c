/** 柜台办储值: 充值、扣储值、退回储值, each once for its number. */
import * as z from 'zod';
import { Fen, StoreId, type MemberId, type StoredMoveId } from '../../../../schema/index.ts';
import { refundStored, spendStored, topUp } from '../../../commands/stored/stored.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { listStored } from '../../../db/stored/stored-value.ts';
import { sumOf } from '../../../decide/stored/parts.ts';
import { moment, money } from '../kit/format.ts';
import { counter } from '../kit/nav.ts';
import { maySeeStore } from '../kit/visit.ts';
import { memberAct } from '../members/act-form.tsx';
import { storedRefundWords, storedSpendWords, topUpWords } from '../words/forms/stored.ts';
import {
  atCounter,
  carried,
  heldWords,
  notYours,
  numberOf,
  OwnNumber,
  shownMax,
  storeChoices,
} from './carried.ts';

export const TopUpInput = z.strictObject({
  plan: z.string().min(1).max(40),
  storeId: StoreId,
  rechargeNo: OwnNumber,
});

const toppingUp = memberAct({
  part: 'top-up',
  title: '充值',
  who: counter,
  act: 'stored.top-up',
  schema: TopUpInput,
  words: topUpWords,
  lead: (found) => `先收钱，再充值。${heldWords(found)}收银系统自己会报来的，不要在这里再充一次。`,
  value: () => ({}),
  choices: async (visit) => {
    const { storedValue } = await readSettings(visit.db);
    const plan = storedValue.plans.map(({ name, paidFen, principalFen, bonusFen }) => ({
      value: name,
      label: `${name}（收 ${money(paidFen)} 元，到账本金 ${money(principalFen)} 元、赠送 ${money(bonusFen)} 元）`,
    }));
    return { plan, ...(await storeChoices(visit)) };
  },
  carry: async ({ deps, now, person }, found, { input, key }) => {
    if (!maySeeStore(person, input.storeId)) return notYours;
    const rechargeNo = input.rechargeNo ?? key;
    const data = { rechargeNo, plan: input.plan, store: { id: input.storeId } };
    const asked = { memberId: found.member.id, number: atCounter(rechargeNo), data };
    return carried(await topUp(deps.engine, asked, now), found, { ...input, rechargeNo });
  },
});

export const StoredSpendInput = z.strictObject({
  payableFen: Fen.min(1),
  amountFen: Fen.min(1).nullable().default(null),
  storeId: StoreId,
  spendNo: OwnNumber,
});

const spending = memberAct({
  part: 'spend',
  title: '扣储值',
  who: counter,
  act: 'stored.spend',
  schema: StoredSpendInput,
  words: storedSpendWords,
  lead: heldWords,
  value: () => ({}),
  choices: storeChoices,
  carry: async ({ deps, now, person }, found, { input, key }) => {
    if (!maySeeStore(person, input.storeId)) return notYours;
    const { payableFen, amountFen } = input;
    const spendNo = input.spendNo ?? key;
    const data = { spendNo, payableFen, amountFen, store: { id: input.storeId } };
    const asked = { memberId: found.member.id, number: atCounter(spendNo), data };
    return carried(await spendStored(deps.engine, asked, now), found, { ...input, spendNo });
  },
});

export const StoredRefundInput = z.strictObject({
  spendingId: z.string().min(1),
  amountFen: Fen.min(1).nullable().default(null),
  storeId: StoreId,
});

const refunding = memberAct({
  part: 'spend-back',
  title: '退回储值',
  who: counter,
  act: 'stored.refund',
  schema: StoredRefundInput,
  words: storedRefundWords,
  lead: heldWords,
  value: () => ({}),
  choices: async (visit) => {
    const { db, id, now } = visit;
    const { moves } = await listStored(db, id as MemberId, shownMax);
    const open = moves.filter(
      (one) => one.act === 'spent' && one.backPrincipalFen + one.backBonusFen < sumOf(one),
    );
    return {
      spendingId: open.map((one) => ({
        value: one.id,
        label: `${moment(one.occurredAt, now)} 花 ${money(sumOf(one))} 元，还能退 ${money(sumOf(one) - one.backPrincipalFen - one.backBonusFen)} 元（${numberOf(one.id)}）`,
      })),
      ...(await storeChoices(visit)),
    };
  },
  carry: async ({ deps, now, person }, found, { input, key }) => {
    if (!maySeeStore(person, input.storeId)) return notYours;
    const { amountFen, storeId } = input;
    const data = { refundNo: key, spendNo: numberOf(input.spendingId), amountFen, store: { id: storeId } };
    const asked = {
      memberId: found.member.id,
      number: atCounter(key),
      spendingId: input.spendingId as StoredMoveId,
      data,
    };
    return carried(await refundStored(deps.engine, asked, now), found, input);
  },
});

export const storedScreens = [toppingUp, spending, refunding];
