/** The form again, with what was typed and what is wrong with it. */
import { defaultTimezone } from '../../../schema/index.ts';
import { localDate } from '../../decide/plain/dates.ts';
import type { Visit } from '../page.ts';
import { tokenOf } from '../posted.tsx';
import type { View } from '../ui/view.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { asksChildren, type Typed, type Wrong } from './register-form.ts';
import { RegisterForm, type Notice } from './register-page.tsx';

export const registerTitle = '注册会员';

export type Shown = {
  readonly typed: Typed;
  readonly wrong?: Wrong;
  readonly notice?: Notice;
  /** Whether another WeChat account may be replaced by this one. */
  readonly mayRebind?: boolean;
  /** How long until another code may be requested. */
  readonly waitSeconds?: number;
  readonly status?: 200 | 409 | 422 | 429 | 503;
};

export async function form({ deps, session, now }: Visit, { status = 200, ...shown }: Shown): Promise<View> {
  const [token, { trade }] = await Promise.all([tokenOf(deps, session), readSettings(deps.engine.db)]);
  const body = (
    <RegisterForm
      {...shown}
      token={token}
      today={localDate(now, defaultTimezone)}
      asksChildren={asksChildren(trade)}
    />
  );
  return { body, scripts: ['register.js'], status };
}
