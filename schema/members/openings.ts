/** 期初: what a member brings from the system before: points, stored value and a level, each account once. */
import * as z from 'zod';
import type { MemberId } from '../plain/ids.ts';
import { Id, shortText } from '../plain/names.ts';
import { Day, Fen, wholeNumberMax } from '../plain/values.ts';

export const openedAccounts = ['points', 'principal', 'bonus'] as const;
export type OpenedAccount = (typeof openedAccounts)[number];

/** Kept in the member's document, so that whatever file tells it again, and however often, it is posted once. */
export type Opening = {
  readonly memberId: MemberId;
  readonly account: OpenedAccount | 'level';
  /** Points, or fen; of a level its place among the rules then. */
  readonly amount: number;
  /** Who it was opened for: of two members who are one, both have brought theirs. */
  readonly firstId: MemberId;
  /** The day it was posted. */
  readonly on: string;
};

export const openingTagsMax = 30;

/** 搬来: what a file says of a member besides who they are. What is not given is not touched. */
export const MovedInInput = z.object({
  points: z.int().min(0).max(wholeNumberMax).optional(),
  /** 到期日 of these points; else as the shop's rule has it, from `pointsFromOn` or the day they are posted. */
  pointsLastOn: Day.optional(),
  pointsFromOn: Day.optional(),
  principalFen: Fen.optional(),
  bonusFen: Fen.optional(),
  levelLastOn: Day.optional(),
  tags: z.array(shortText.min(1)).max(openingTagsMax).optional(),
  associateId: Id.optional(),
});
export type MovedIn = z.infer<typeof MovedInInput>;

export const pointsFroms = ['import', 'registered'] as const;
/** 积分从哪天算有效期, where the file does not say when they end. */
export type PointsFrom = (typeof pointsFroms)[number];
