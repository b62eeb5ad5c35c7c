/** 微信支付体检: the keys by their form, and then by asking for a bill that nobody ever made: nothing is paid to find out. */
import type { MerchantSettings } from '../../schema/index.ts';
import { fatal, minor, type Diagnosis, type Finding } from '../commands/diagnosis/finding.ts';
import { addressIn } from '../platform/address.ts';
import type { TransferAnswer, TransferClient } from '../wechat/pay/transfers.ts';
import { wordsOf } from './finding.ts';
import { isCuredByWaiting, isUnlisted } from './refusals.ts';
import type { PayFault } from './settings-check.ts';

export type PayLook = {
  /** Null where there is not one key. */
  readonly faults: readonly PayFault[] | null;
  /** Transfers go to openids, which belong to an account. */
  readonly hasAccount: boolean;
  readonly line: { readonly client: Pick<TransferClient, 'query'>; readonly relay?: string } | null;
};

/** Ours begin with another letter, and are longer. */
const billOfNobody = 'X0';

export async function diagnosePay(
  { faults, hasAccount, line }: PayLook,
  { payout, publicUrl }: Pick<MerchantSettings, 'payout' | 'publicUrl'>,
): Promise<Diagnosis> {
  if (faults === null) return { findings: [minor('pay.off')], isAsked: false };
  const local: Finding[] = payFaultFindings(faults);
  if (!hasAccount) local.push(fatal('pay.no-account'));
  if (publicUrl === null) local.push(minor('setting.publicUrl.missing'));
  if (payout.mode !== 'transfer') local.push(minor('pay.switched-off'));
  if (line && line.relay === undefined) local.push(minor('pay.no-relay'));
  const asked = line && faults.length === 0 ? await ask(line) : null;
  return { findings: [...local, ...(asked ?? [])], isAsked: asked?.length === 0 };
}

export const payFaultFindings = (faults: readonly PayFault[]): Finding[] =>
  faults.map(({ setting, fault }) => fatal(`setting.${setting}.${fault}`));

async function ask({ client, relay }: NonNullable<PayLook['line']>): Promise<Finding[]> {
  try {
    return findingsOf(await client.query(billOfNobody), relay);
  } catch (error) {
    // It is thrown by keys that cannot be read, before anything is sent.
    const isOurs = error instanceof Error && error.message.includes('merchant');
    return [fatal(`setting.${isOurs ? 'PAY_PRIVATE_KEY' : 'PAY_PLATFORM_KEYS'}.malformed`)];
  }
}

/** That there is no such bill is the good answer: it is signed by WeChat Pay, and given to who signed the question. */
function findingsOf(answer: TransferAnswer<unknown>, relay: string | undefined): Finding[] {
  if (answer.ok) return [];
  if (answer.outage !== 'refused') return [fatal(lineFault(answer), { why: answer.detail })];
  const { status, code, message } = answer;
  if (status === 404 && code === 'NOT_FOUND') return [];
  if (isUnlisted(message)) {
    const ip = addressIn(message);
    return [
      fatal(`pay.unlisted.${relay === undefined ? 'worker' : 'relay'}`, {
        relay: relay ?? '',
        ...(ip !== null && { ip }),
      }),
    ];
  }
  const facts = { why: wordsOf(answer) };
  if (code === 'SIGN_ERROR' || status === 401) return [fatal('pay.sign', facts)];
  if (code === 'NO_AUTH' || status === 403) return [fatal('pay.no-auth', facts)];
  return [isCuredByWaiting(answer) ? minor('pay.busy', facts) : fatal('pay.refused', facts)];
}

/** Of an answer that cannot be believed, or none: the detail says why. */
function lineFault({
  outage,
  detail,
}: Exclude<TransferAnswer<unknown>, { ok: true } | { outage: 'refused' }>): string {
  if (outage === 'timeout' || outage === 'network' || outage === 'malformed') return 'pay.unreachable';
  if (detail.includes('stale')) return 'pay.clock';
  if (/unknown-serial|mismatch/.test(detail)) return 'pay.platform-key';
  return detail.includes('401') ? 'pay.not-let-in' : 'pay.unreachable';
}
