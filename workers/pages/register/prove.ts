/** 核对验证码: the code that was sent to the phone proves that the person holds it. */
import type { SmsCode } from '../../../schema/index.ts';
import { burnCode, takeGuess } from '../../db/sms/sms-codes.ts';
import type { PageDeps } from '../ports.ts';
import { codeText } from './send-code.ts';

export type Claim = { readonly openid: string; readonly phone: string; readonly code: string };

/** The code's row, now used; null when the code is wrong or expired. */
export async function prove(
  { engine, keys }: PageDeps,
  { openid, phone, code }: Claim,
  now: number,
): Promise<SmsCode | null> {
  const [phoneKey, openidKey] = await Promise.all([keys.tag('phone', phone), keys.tag('openid', openid)]);
  const guessed = await takeGuess(engine.db, { phoneKey, openidKey, purpose: 'register' }, now);
  if (!guessed || !(await keys.isTag('code', codeText(guessed.id, code), guessed.codeKey))) return null;
  await burnCode(engine.db, guessed, now);
  return guessed;
}
