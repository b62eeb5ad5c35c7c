/** 代金券: so much money off, and from a higher sum on, where the merchant says so, so much more. */
import { Fen } from '../../../../schema/index.ts';
import { yuanFigure } from '../../plain/yuan.ts';
import { defineCouponKind } from './define.ts';

export const cash = defineCouponKind({
  kind: 'cash',
  label: '代金券',
  fields: {
    valueFen: Fen.min(1),
    /** 满额再减: so much more off from so much on. */
    furtherFromFen: Fen.min(1).nullable().default(null),
    furtherOffFen: Fen.min(1).nullable().default(null).meta({
      description: 'So much more off from furtherFromFen on: 20 yuan, and from 618 on another 61.80.',
    }),
  },
  example: { valueFen: 1_000 },
  moneyOff: {
    dueFen: ({ valueFen, furtherFromFen, furtherOffFen }, haveFen) =>
      valueFen + (haveFen >= (furtherFromFen ?? Infinity) ? (furtherOffFen ?? 0) : 0),
    sureFen: ({ valueFen, furtherFromFen }) => (furtherFromFen === null ? valueFen : null),
    turn: 1,
  },
  faceFen: ({ valueFen }) => valueFen,
  face: ({ valueFen }) => ({ figure: yuanFigure(valueFen), unit: '元' }),
});
