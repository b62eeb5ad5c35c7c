/** 在用段位 in the view of a member. */
import * as z from 'zod';
import { defaultTimezone, usedGoods, type Child, type UseStages } from '../../../schema/index.ts';
import type { Token } from '../../db/shop/tokens.ts';
import { localDate } from '../../decide/plain/dates.ts';
import { usesOf } from '../../decide/profile/uses.ts';

export const InUseAnswer = z
  .array(
    z.strictObject({
      goods: z.enum(usedGoods),
      name: z.string().nullable().meta({ description: 'Of the child.' }),
      stage: z.string().nullable().meta({ description: 'Null before the first one begins.' }),
      nextStage: z.string().nullable(),
      nextOn: z.iso
        .date()
        .nullable()
        .meta({ description: 'Null for the scope pos, which sees no birthdays, and where nothing follows.' }),
      daysLeft: z.int().nullable().meta({ description: 'Until nextOn; null with it.' }),
      isByHand: z.boolean().meta({ description: 'As an associate or the office was told.' }),
    }),
  )
  .meta({
    description:
      '在用: which milk and which nappies each child uses today, by `useStages` of the settings or as somebody was told. Only of one member.',
  });

export const viewInUse = (
  token: Token,
  children: readonly Child[] | null,
  { stages, now }: { readonly stages: UseStages; readonly now: number },
): z.infer<typeof InUseAnswer> => {
  const isOffice = token.scopes.includes('admin');
  return usesOf(children, stages, localDate(now, defaultTimezone)).map(
    ({ goods, name, stage, next, isByHand }) => ({
      goods,
      name: isOffice ? name : null,
      stage,
      nextStage: next?.stage ?? null,
      nextOn: isOffice ? (next?.on ?? null) : null,
      daysLeft: isOffice ? (next?.days ?? null) : null,
      isByHand,
    }),
  );
};
