/** 充值、冲正、退款: a till or the office puts money on a card, calls that off, or pays principal out. */
import * as z from 'zod';
import { Fen, FenOfEitherSign, Id } from '../../../schema/index.ts';
import { invalidField } from '../../commands/invalid.ts';
import { cashOut, correctStored, reverseTopUp, topUp } from '../../commands/stored/stored.ts';
import { namedBody, route } from '../call/define.ts';
import { storeIdOf } from '../coupons/receipt.ts';
import { common, receipt, settle, settleAs } from './settle.ts';
import { storedRefusals } from './stored-problem.ts';

const TopUpBody = namedBody(
  'TopUp',
  z.strictObject({
    ...receipt,
    rechargeNo: Id.meta({ description: 'Under this number it is put in once.' }),
    plan: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .nullish()
      .meta({ description: 'A plan of the settings by its name.' }),
    paidFen: Fen.nullish(),
    principalFen: Fen.optional(),
    bonusFen: Fen.optional(),
  }),
);

const puttingIn = route({
  ...common,
  path: '/members/{id}/stored-value/top-ups',
  refusals: storedRefusals('UNKNOWN_PLAN', 'NUMBER_TAKEN', 'AMOUNT_DIFFERS'),
  summary: 'Top up (充值)',
  description:
    'By a plan of the settings, or with the amounts themselves. It is no sale and earns nothing; what is paid with it later does. The same number again answers the same. Instead of this call a till may tell the event stored_value.recharged.',
  body: TopUpBody,
  handle: async (call) => {
    const { rechargeNo, plan, paidFen, principalFen, bonusFen, businessDate } = call.body;
    if (plan == null && (principalFen ?? 0) + (bonusFen ?? 0) === 0)
      return invalidField('plan', 'give the name of a plan, or principalFen and bonusFen');
    const store = { id: storeIdOf(call.body.store) };
    const data = { rechargeNo, store, plan, paidFen, principalFen, bonusFen };
    return settle(call, { number: rechargeNo, businessDate }, (memberId, number) =>
      topUp(call.deps.engine, { memberId, number, data }, call.now),
    );
  },
});

const ReversalBody = namedBody(
  'TopUpReversal',
  z.strictObject({ ...receipt, rechargeNo: Id, rechargedOn: receipt.businessDate }),
);

const reversing = route({
  ...common,
  path: '/members/{id}/stored-value/reversals',
  refusals: storedRefusals('UNKNOWN_RECHARGE', 'NUMBER_TAKEN', 'INSUFFICIENT'),
  summary: 'Call a top-up off (充值冲正)',
  description: 'As a whole, while all of it is still on the card; otherwise `insufficient`.',
  body: ReversalBody,
  handle: (call) => {
    const { rechargeNo, rechargedOn } = call.body;
    return settle(call, { number: rechargeNo, businessDate: rechargedOn }, (memberId, number) =>
      reverseTopUp(call.deps.engine, { memberId, number, data: { rechargeNo } }, call.now),
    );
  },
});

const CashOutBody = namedBody(
  'CashOut',
  z.strictObject({ ...receipt, cashOutNo: Id, principalFen: Fen.min(1) }),
);

const cashingOut = route({
  ...common,
  path: '/members/{id}/stored-value/cash-outs',
  refusals: storedRefusals('NUMBER_TAKEN', 'INSUFFICIENT'),
  summary: 'Pay principal out (储值退款)',
  description:
    'Principal alone is paid out. The same share of the bonus is given up, rounded up to the fen; with the last of the principal all of it.',
  scope: 'admin',
  body: CashOutBody,
  handle: (call) => {
    const { cashOutNo, principalFen, businessDate } = call.body;
    const data = { cashOutNo, principalFen, store: { id: storeIdOf(call.body.store) } };
    return settle(call, { number: cashOutNo, businessDate }, (memberId, number) =>
      cashOut(call.deps.engine, { memberId, number, data }, call.now),
    );
  },
});

const part = FenOfEitherSign.default(0).meta({ description: 'What it goes up by, or down if negative.' });
const CorrectionBody = namedBody(
  'StoredValueCorrection',
  z
    .strictObject({
      correctionNo: Id.meta({ description: 'Under this number it is put right once.' }),
      principalFen: part,
      bonusFen: part,
      reason: z.string().trim().min(2).max(200).meta({ description: 'Kept in the audit.' }),
    })
    .refine(({ principalFen, bonusFen }) => principalFen !== 0 || bonusFen !== 0, {
      path: ['principalFen'],
      message: 'nothing is put right: give principalFen or bonusFen that is not 0',
    }),
);

const correcting = route({
  ...common,
  path: '/members/{id}/stored-value/corrections',
  refusals: storedRefusals('NUMBER_TAKEN', 'INSUFFICIENT'),
  summary: 'Put a balance right (更正储值)',
  description:
    'For a balance that was brought wrong, or that a person miscounted: principal and bonus go up or down by so much, never below zero. The same number again answers the same.',
  scope: 'admin',
  body: CorrectionBody,
  handle: (call) => {
    const { correctionNo: number, principalFen, bonusFen } = call.body;
    return settleAs(call, { number, known: number }, (memberId) =>
      correctStored(call.deps.engine, { memberId, number, parts: { principalFen, bonusFen } }, call.now),
    );
  },
});

export const topUpRoutes = [puttingIn, reversing, cashingOut, correcting];
