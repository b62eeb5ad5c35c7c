/** Hook0: HMAC-SHA256 over the moment, the headers that it names (v1) and the body, or the moment and the body (v0). */
import * as z from 'zod';
import { hexBytes, type Part } from './kernel/bytes.ts';
import { defineScheme, refuse } from './define.ts';
import { isAnyHmac } from './kernel/digest.ts';
import { isFresh, secondsOf, ToleranceSeconds, toleranceSecondsUsual } from './kernel/moment.ts';
import { readTagged } from './kernel/tagged.ts';
import { valuesOf } from './kernel/secrets.ts';

const coveredMax = 64;

/** Source: hook0/hook0 clients/conformance/signature.json. `requires: 'v1'` refuses the code that covers no header. */
export const hook0 = defineScheme({
  name: 'hook0',
  params: z.strictObject({
    toleranceSeconds: ToleranceSeconds.default(toleranceSecondsUsual),
    requires: z.enum(['v0', 'v1']).default('v0'),
  }),
  verify: async ({ headers, body }, secrets, nowSeconds, { toleranceSeconds, requires }) => {
    const keys = valuesOf(secrets);
    if (keys.length === 0) return refuse('no-secret');
    const header = headers.get('x-hook0-signature');
    if (!header) return refuse('missing');
    const tags = readTagged(header);
    if (tags === null || [...tags.values()].some(({ length }) => length > 1)) return refuse('malformed');
    const [moment = '', names = '', weaker = '', stronger = ''] = ['t', 'h', 'v0', 'v1'].map(
      (tag) => tags.get(tag)?.[0],
    );
    const seconds = secondsOf(moment);
    if (seconds === null) return refuse('malformed');
    if (!isFresh(seconds, nowSeconds, toleranceSeconds)) return refuse('stale');

    // The stronger signature decides when it is there: falling back would allow a downgrade.
    if (!tags.has('v1') && requires === 'v1') return refuse('downgrade');
    const code = hexBytes(tags.has('v1') ? stronger : weaker);
    if (code === null) return refuse(tags.has('v1') || tags.has('v0') ? 'malformed' : 'missing');
    let covered: readonly Part[] = [];
    if (tags.has('v1')) {
      const values = coveredValues(names, headers);
      if (values === null) return refuse('missing');
      covered = [`${names}.${values.join('.')}.`];
    }
    const isGenuine = await isAnyHmac('sha256', [code], keys, [`${moment}.`, ...covered, body]);
    return isGenuine ? { ok: true, trust: 'signed' } : refuse('mismatch');
  },
});

/** A header that is named but was not delivered is not the same as an empty one. */
function coveredValues(names: string, headers: Headers): string[] | null {
  const list = names.split(' ', coveredMax + 1);
  if (list.length > coveredMax || !list.every((name) => /^[a-z0-9-]{1,128}$/.test(name))) return null;
  const values = list.map((name) => headers.get(name));
  return values.every((value) => value !== null) ? values : null;
}
