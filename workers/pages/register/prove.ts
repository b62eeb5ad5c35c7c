/** 核对验证码: a code that was sent to the phone proves that whoever typed it holds the phone. */
import type { SmsCode } from '../../../schema/index.ts';
import { burnCode, takeGuess } from '../../db/members/sms-codes.ts';
import type { PageDeps } from '../ports.ts';
import { codeText } from './send-code.ts';

export type Claim = { readonly openid: string; readonly phone: string; readonly code: string };

/** The code's row, burnt; null when the code is not right, or no longer good. */
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
