/** Stripe: `t=…,v1=…`, hex HMAC-SHA256 of `t.body`, one v1 for each active secret. */
import * as z from 'zod';
import { hexBytes } from './kernel/bytes.ts';
import { defineScheme, refuse } from './define.ts';
import { isAnyHmac } from './kernel/digest.ts';
import { isFresh, secondsOf, ToleranceSeconds, toleranceSecondsUsual } from './kernel/moment.ts';
import type { SecretForm } from './kernel/secret-forms.ts';
import { readTagged } from './kernel/tagged.ts';
import { valuesOf } from './kernel/secrets.ts';

/** Made by Stripe for each endpoint; its API keys, which are pasted here by mistake, begin differently. */
const endpointSecret: SecretForm = {
  form: 'text',
  looksLike: 'the signing secret of the endpoint, which begins with whsec_',
  fits: (text) => /^whsec_[!-~]{8,250}$/.test(text),
};

/** The secret is the whole `whsec_…` text. Source: docs.stripe.com/webhooks, "Verify webhook signatures manually". */
export const stripe = defineScheme({
  name: 'stripe',
  secret: () => endpointSecret,
  params: z.strictObject({ toleranceSeconds: ToleranceSeconds.default(toleranceSecondsUsual) }),
  verify: async ({ headers, body }, secrets, nowSeconds, { toleranceSeconds }) => {
    const keys = valuesOf(secrets);
    if (keys.length === 0) return refuse('no-secret');
    const header = headers.get('stripe-signature');
    if (!header) return refuse('missing');
    const tags = readTagged(header);
    const moments = tags?.get('t') ?? [];
    const [moment = ''] = moments;
    const seconds = secondsOf(moment);
    if (tags === null || seconds === null || moments.length > 1) return refuse('malformed');
    // v0 is what test deliveries carry beside v1; nobody may sign with it alone.
    const offered = tags.get('v1');
    if (offered === undefined) return refuse(tags.has('v0') ? 'downgrade' : 'missing');
    if (!isFresh(seconds, nowSeconds, toleranceSeconds)) return refuse('stale');
    const codes = offered.map((code) => hexBytes(code)).filter((code) => code !== null);
    if (codes.length === 0) return refuse('malformed');
    const isGenuine = await isAnyHmac('sha256', codes, keys, [`${moment}.`, body]);
    return isGenuine ? { ok: true, trust: 'signed' } : refuse('mismatch');
  },
});
