/** 通用接口: the canonical event itself, signed per Standard Webhooks (contract.md "Canonical ERP event"). */
import * as z from 'zod';
import { SourceUpkeep, type InboxEvent, type Source } from '../../../schema/index.ts';
import type { Normalised } from '../../engine/engine.ts';
import type { Problem } from '../../platform/problem.ts';
import { verifyStandardWebhook } from '../verify/standard-webhooks.ts';
import type { Stored } from '../intake.ts';
import { ignoredType, isActedOn, toNormalised } from './kernel/canonical.ts';
import { checkSettings } from './kernel/check-settings.ts';
import type { Adapter } from './define.ts';
import { numbersOf, type Numbers } from './kernel/numbers.ts';
import { CommonSettings } from './kernel/settings.ts';
import { splitCanonical } from './kernel/split-canonical.ts';

/** The canonical event says the rest itself. */
const { zone, numbering, keepsBalance, wechatAppId, poll } = CommonSettings.shape;
const Settings = z.strictObject({ zone, numbering, keepsBalance, wechatAppId, poll, ...SourceUpkeep.shape });
const signing = { scheme: 'standard-webhooks' };

export const generic = {
  name: 'generic',
  label: '通用接口（签名 JSON）',
  settings: Settings,
  signing: () => signing,
  schemes: [signing.scheme],
  issuesSecret: false,
  checkConfig: (config) => checkSettings(Settings, config, () => signing),

  verify: async (
    { headers, body }: { readonly headers: Headers; readonly body: Uint8Array },
    secrets: readonly string[],
    nowSeconds: number,
  ): Promise<Problem | null> => {
    const signed = {
      id: headers.get('webhook-id'),
      timestamp: headers.get('webhook-timestamp'),
      signature: headers.get('webhook-signature'),
    };
    const verification = await verifyStandardWebhook(signed, body, secrets, nowSeconds);
    if (verification === 'valid') return null;
    // Only a wrong clock is named: that helps an honest sender and nobody else.
    const detail =
      verification === 'stale'
        ? 'webhook-timestamp is more than 5 minutes away from now; check the clock of the sending machine'
        : 'the signature does not match; sign `webhook-id.webhook-timestamp.body` with the secret of this source';
    const code = verification === 'stale' ? 'stale_timestamp' : 'bad_signature';
    return { status: 401, code, detail };
  },

  split: splitCanonical,

  normalise: (row: InboxEvent, source: Pick<Source, 'namespace' | 'config'>): Normalised =>
    normalise(row, numbersOf({ id: row.sourceId, ...source })),

  acknowledge: (stored: readonly Stored[], isBatch: boolean): Response => {
    const isDuplicate = stored.every((event) => event.isDuplicate);
    const [first] = stored;
    const body = isBatch
      ? {
          ok: true,
          duplicate: isDuplicate,
          events: stored.map(({ senderId, eventId, isDuplicate: duplicate }) => ({
            id: senderId,
            eventId,
            duplicate,
          })),
        }
      : { ok: true, eventId: first?.eventId, duplicate: isDuplicate };
    return Response.json(body, { status: isDuplicate ? 200 : 202 });
  },
} satisfies Adapter;

function normalise(row: InboxEvent, numbers: Numbers): Normalised {
  if (!isActedOn(row.type)) return ignoredType(row.type);
  const body: unknown = JSON.parse(row.body);
  if (typeof body === 'object' && body !== null && 'test' in body && body.test === true) {
    return { ignored: { code: 'TEST' } };
  }
  return toNormalised(row, numbers, body);
}
