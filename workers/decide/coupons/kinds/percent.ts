/** 折扣券: a part of the price is paid, 9000 of 10000 is 9折; it comes before money off, which takes the same from less. */
import * as z from 'zod';
import { Fen } from '../../../../schema/index.ts';
import { defineCouponKind } from './define.ts';

const rateOne = 10_000;

export const percent = defineCouponKind({
  kind: 'percent',
  label: '折扣券',
  fields: {
    payBps: z.int().min(1).max(9999),
    maxOffFen: Fen.min(1).nullable().default(null),
  },
  example: { payBps: 9000, maxOffFen: 5_000 },
  moneyOff: {
    dueFen: ({ payBps, maxOffFen }, _haveFen, leftFen) => {
      // What is left to be paid is rounded as a till rounds it, half a fen up.
      const payFen = Number((BigInt(leftFen) * BigInt(payBps) + BigInt(rateOne / 2)) / BigInt(rateOne));
      return Math.min(leftFen - payFen, maxOffFen ?? Infinity);
    },
    sureFen: () => null,
    turn: 0,
  },
  faceFen: ({ maxOffFen }) => maxOffFen,
  faceField: 'maxOffFen',
  face: ({ payBps }) => ({ figure: String(payBps / 1000), unit: '折' }),
});
