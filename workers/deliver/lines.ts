/**
 * 通道: calls a provider with a valid token, once more with a new token if the first was refused, and turns the answer into a
 * verdict.
 */
import type { SmsProvider } from '../sms/define.ts';
import type { Line, Lines, Verdict, WecomSender, WechatSender } from './channels/define.ts';
import { reasons } from './words/reasons.ts';
import type { NoToken, Tokens } from './account/tokens.ts';
import { judge, wechatVerdicts, type Verdicts } from './verdicts/wechat.ts';
import { wecomVerdicts } from './verdicts/wecom.ts';

export type Connected<Sender> = { readonly sender: Sender; readonly tokens: Tokens };

/** The providers of this deployment; null when not connected. */
export type Connections = {
  readonly wechat: Connected<WechatSender> | null;
  readonly wecom: Connected<WecomSender> | null;
  readonly sms: SmsProvider | null;
};

export const linesOf = ({ wechat, wecom, sms }: Connections): Lines => ({
  wechat: wechat ? line(wechat, wechatVerdicts) : notConnected('wechat'),
  wecom: wecom ? line(wecom, wecomVerdicts) : notConnected('wecom'),
  sms: sms?.send ?? notConnected('sms'),
});

const notConnected = (name: keyof Lines) => async () =>
  ({ verdict: 'unsuitable', why: reasons.notConnected[name] }) as const;

function line<Sender>({ sender, tokens }: Connected<Sender>, verdicts: Verdicts): Line<Sender> {
  const asked = askedOnce(tokens);
  return async (call) => {
    let failed: string | null = null;
    let last: Verdict = { verdict: 'retry', afterSeconds: null, why: '' };
    // Once with the present token, and once more with a new one if the token was refused.
    for (let tries = 0; tries < 2; tries += 1) {
      const token = await asked.token(failed);
      if ('why' in token) return noToken(token, verdicts);
      const answer = await call(sender, token.token);
      if (!answer.ok) return waiting(`${answer.outage}: ${answer.detail}`);
      last = judge(verdicts, answer.reply);
      if (!verdicts.tokenErrors.has(answer.reply.errcode)) return last;
      failed = token.token;
    }
    return last;
  };
}

const waiting = (why: string): Verdict => ({ verdict: 'retry', afterSeconds: null, why });

/**
 * Without a token nothing can be sent now. A known refusal says how long to wait, and which whitelist lacks our address. Where
 * every way of the line needs the token, none of them is tried.
 */
function noToken({ why, refusal }: NoToken, verdicts: Verdicts): Verdict {
  const isKnown = refusal !== null && verdicts.meanings.has(refusal.errcode);
  const judged = isKnown ? judge(verdicts, refusal) : waiting(why);
  if (judged.verdict === 'retry') return judged;
  if (judged.verdict !== 'unsuitable' || !judged.again) return waiting(why);
  return verdicts.isOneWay ? judged : { verdict: 'retry', why: judged.why, ...judged.again };
}

/** One look-up for a whole drain; after a token was replaced, no call of this drain uses the old one. */
function askedOnce(tokens: Tokens): Tokens {
  const asked = new Map<string | null, ReturnType<Tokens['token']>>();
  return {
    token: (failed) => {
      let answer = asked.get(failed);
      if (!answer) {
        answer = tokens.token(failed);
        asked.set(failed, answer).set(null, answer);
      }
      return answer;
    },
  };
}
