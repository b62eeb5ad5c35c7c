/** 核销台的样子: what stands above the form, the form, and what was used today. */
import type { Child } from 'hono/jsx';
import { defaultTimezone } from '../../../schema/index.ts';
import { listCounterUses } from '../../db/coupons/counter.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import { atHour, localDate } from '../../decide/plain/dates.ts';
import { policy } from '../headers.ts';
import { jssdkHost, jssdkUrl } from '../ui/transfer-script.ts';
import type { View } from '../ui/view.ts';
import { isInWechat, signPage } from '../wechat/sign.ts';
import { askedOf, type Asked } from './asked.ts';
import type { Clerk } from './clerk.ts';
import { Desk } from './desk.tsx';
import { Uses } from './uses.tsx';

/** What both faces can show. */
export type DeskView = Pick<View, 'scripts'> & {
  readonly body: Child;
  readonly status?: 200 | 409 | 422 | 429 | 503;
};

export type Found = {
  readonly holder?: MemberHoldings | null;
  readonly below?: Child | null;
  readonly sorry?: string;
  readonly status?: DeskView['status'];
};

export async function deskView(clerk: Clerk, asked: Asked, found: Found = {}): Promise<DeskView> {
  const { deps, context, now, sees } = clerk;
  const today = atHour(localDate(now, defaultTimezone), 0, defaultTimezone);
  const { db } = deps.engine;
  const [uses, signature] = await Promise.all([
    listCounterUses(db, sees, today),
    isInWechat(context) ? signPage(deps, context.req.url) : null,
  ]);
  if (signature) context.header('content-security-policy', policy(context.get('nonce'), jssdkHost));
  const { holder = null, below, sorry, status } = found;
  return {
    body: (
      <>
        {sorry !== undefined && (
          <p class="note stop" role="alert">
            {sorry}
          </p>
        )}
        {below}
        <Desk clerk={clerk} asked={asked} holder={holder} signature={signature} isFirst={below == null} />
        <Uses clerk={clerk} uses={uses} />
      </>
    ),
    scripts: [...(signature ? [jssdkUrl] : []), 'scan.js'],
    ...(status !== undefined && { status }),
  };
}

export const newBill = (clerk: Clerk): Asked => ({ ...askedOf(clerk, new URLSearchParams()), fault: null });

export const noBill = {
  sorry: '这家店的小票号要和收银机号一起才认得出：请不填小票号再试。',
  status: 422,
} as const;
