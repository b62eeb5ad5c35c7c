/** 满额再减: money off, and from a higher sum on so much more: 20 yuan, and from 618 on another 61.80. */
import { Fen } from '../../../schema/index.ts';
import { yuanFigure } from '../plain/yuan.ts';
import type { FieldFault } from './kinds/define.ts';

export const moneyOffFields = {
  valueFen: Fen.min(1),
  furtherFromFen: Fen.min(1).nullable().default(null),
  furtherOffFen: Fen.min(1).nullable().default(null).meta({
    description: 'So much more off from furtherFromFen on: 20 yuan, and from 618 on another 61.80.',
  }),
};

type Terms = {
  readonly valueFen: number;
  readonly furtherFromFen: number | null;
  readonly furtherOffFen: number | null;
};

export const furtherFault = ({ furtherFromFen, furtherOffFen }: Terms): FieldFault | null => {
  if ((furtherFromFen === null) === (furtherOffFen === null)) return null;
  const field = furtherFromFen === null ? 'furtherFromFen' : 'furtherOffFen';
  return { field, message: 'give both furtherFromFen and furtherOffFen, or neither' };
};

export const moneyOff = {
  dueFen: ({ valueFen, furtherFromFen, furtherOffFen }: Terms, haveFen: number): number =>
    valueFen + (haveFen >= (furtherFromFen ?? Infinity) ? (furtherOffFen ?? 0) : 0),
  sureFen: ({ valueFen, furtherFromFen }: Terms): number | null =>
    furtherFromFen === null ? valueFen : null,
  turn: 1,
};

/** At most. */
export const mostFen = ({ valueFen, furtherOffFen }: Terms): number => valueFen + (furtherOffFen ?? 0);

/** Empty where there is nothing more. */
export const furtherWords = ({ furtherFromFen, furtherOffFen }: Terms): string =>
  furtherFromFen === null || furtherOffFen === null
    ? ''
    : `满 ${yuanFigure(furtherFromFen)} 元再减 ${yuanFigure(furtherOffFen)} 元`;
