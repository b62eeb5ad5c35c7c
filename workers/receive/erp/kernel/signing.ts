/** 验签 for an adapter: a scheme by name over the source's own secrets, and the answer as a problem for the sender. */
import type { Problem } from '../../../platform/problem.ts';
import type { Reason, Verified } from '../../verify/define.ts';
import { verifyRequest, type VerifySettings } from '../../verify/index.ts';
import { parseSecret } from '../../verify/kernel/secrets.ts';
import type { Incoming } from '../define.ts';

export async function verifyWith(
  settings: VerifySettings,
  request: Incoming,
  secrets: readonly string[],
  nowSeconds: number,
): Promise<Problem | Verified> {
  const verification = await verifyRequest(settings, request, secrets.map(parseSecret), nowSeconds);
  return verification.ok ? verification : toProblem(verification.reason);
}

/** Our own faults: the sender is asked to retry, so that no sale is lost. The other verdicts are the sender's faults. */
const misconfigured = (detail: string): Problem => ({
  status: 503,
  code: 'source_not_ready',
  detail,
  retryAfterSeconds: 60,
});

const unsigned = (detail: string, code = 'bad_signature'): Problem => ({ status: 401, code, detail });

/** Only a wrong clock and missing fields are named: that helps an honest sender and nobody else. */
export function toProblem(reason: Reason): Problem {
  switch (reason) {
    case 'unknown-scheme':
      return misconfigured(
        'the source names a signature scheme that does not exist; nothing can be verified',
      );
    case 'bad-params':
      return misconfigured('the settings of the signature scheme cannot be used; nothing can be verified');
    case 'no-secret':
      return misconfigured('the source has no secret of the form its signature scheme needs');
    case 'stale':
      return unsigned(
        'the signed time is too far from now; check the clock of the sending machine',
        'stale_timestamp',
      );
    case 'missing':
      return unsigned('the signature, or something that it covers, is missing');
    case 'address':
      return {
        status: 403,
        code: 'address_not_allowed',
        detail: 'this address is not on the list of the source',
      };
    case 'content':
    case 'fields':
    case 'ambiguous':
      return unsigned('the signature fits, but the content could be read in more than one way');
    case 'malformed':
    case 'mismatch':
    case 'downgrade':
    case 'foreign':
      return unsigned('the signature does not match');
    default:
      return reason satisfies never;
  }
}
