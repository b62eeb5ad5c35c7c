/** 群发分页: who is on the next call to WeChat, who has had their four this month, and who would be on it alone. */
import { massPerMonthMax } from '../../../schema/index.ts';
import { localDate } from '../plain/dates.ts';

export type Candidate = {
  readonly openid: string;
  /** How often they were written to this month. */
  readonly sent: number;
};

export type MassPagePlan = {
  /** Two at least, or nobody: WeChat takes no list of one. */
  readonly openids: readonly string[];
  /** The one who would have been alone. */
  readonly lone: string | null;
  readonly overLimit: number;
  /** The last one looked at; the next page begins after it. */
  readonly cursor: string;
  readonly isListed: boolean;
};

/** `candidates` were asked for one more than a page holds, in order, after `cursor`. */
export function planPage(
  candidates: readonly Candidate[],
  { cursor, pageMax }: { readonly cursor: string; readonly pageMax: number },
): MassPagePlan {
  const isListed = candidates.length <= pageMax;
  // One fewer than fits, so that at least two are left: the last one would be a page of its own.
  const looked = isListed ? candidates : candidates.slice(0, pageMax - 1);
  const due = looked.filter(({ sent }) => sent < massPerMonthMax).map(({ openid }) => openid);
  const [first = null] = due;
  return {
    openids: due.length >= 2 ? due : [],
    lone: due.length === 1 ? first : null,
    overLimit: looked.length - due.length,
    cursor: looked.at(-1)?.openid ?? cursor,
    isListed,
  };
}

/** 自然月 as WeChat counts it. */
export const monthOf = (at: number): string => localDate(at, 'Asia/Shanghai').slice(0, 7);
