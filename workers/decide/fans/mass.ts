/** 群发分页: who is on the next page sent to WeChat, who already had four this month, and who would be alone on it. */
import { massPerMonthMax } from '../../../schema/index.ts';
import { localDate } from '../plain/dates.ts';

export type Candidate = {
  readonly openid: string;
  /** How many mass messages they had this month. */
  readonly sent: number;
};

export type MassPagePlan = {
  /** Two or more openids, or none: WeChat refuses a list of one. */
  readonly openids: readonly string[];
  /** An openid that would have been alone on the page. */
  readonly lone: string | null;
  readonly overLimit: number;
  /** The last one looked at; the next page begins after it. */
  readonly cursor: string;
  readonly isListed: boolean;
};

/** `candidates` are in order, begin after `cursor`, and are one more than a page holds. */
export function planPage(
  candidates: readonly Candidate[],
  { cursor, pageMax }: { readonly cursor: string; readonly pageMax: number },
): MassPagePlan {
  const isListed = candidates.length <= pageMax;
  // One fewer than fits, so that two remain for the next page instead of one.
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
