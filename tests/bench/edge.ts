/** 验签: what a sale of two kilobytes costs before it is stored, and before it is decided. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { InboxEvent } from '../../schema/index.ts';
import { generic } from '../../workers/receive/erp/generic.ts';
import { few } from './campaigns.ts';
import { cpuMsOf } from './clock.ts';
import { received } from './engine.ts';
import { report } from './report.ts';
import type { Length } from './run.ts';
import { secret } from './shop.ts';

export async function benchEdge({ samples, sampleMs }: Length): Promise<void> {
  z.config({ jitless: true });
  const nowSeconds = 1_795_000_000;
  const occurredAt = new Date(nowSeconds * 1000).toISOString();
  const event = received({ number: 1, member: 1, catalogue: few.catalogue, occurredAt }, nowSeconds * 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`msg-1.${nowSeconds}.${event.body}`).digest('base64');
  const headers = new Headers({
    'webhook-id': 'msg-1',
    'webhook-timestamp': String(nowSeconds),
    'webhook-signature': `v1,${signature}`,
  });
  const body = new TextEncoder().encode(event.body);
  const row: InboxEvent = {
    ...event,
    seq: 1,
    revision: 1,
    state: 'received',
    attempts: 0,
    memberId: null,
    waitsFor: null,
    note: null,
    outcome: null,
    decidedAt: null,
    trust: 'signed',
    subject: null,
  };
  const verifyAndNormalise = async (): Promise<void> => {
    assert.equal(await generic.verify({ headers, body }, [secret], nowSeconds), null);
    assert.ok('event' in generic.normalise(row, { namespace: 'pos', config: null }));
  };
  const split = async (): Promise<void> => {
    assert.ok('events' in generic.split(new TextDecoder().decode(body)));
  };
  const calls = Math.ceil(sampleMs * 5);
  const verified: number[] = [];
  const parted: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    verified.push(await cpuMsOf(verifyAndNormalise, calls));
    parted.push(await cpuMsOf(split, calls));
  }
  const context = { per: 'sale', bodyBytes: body.length };
  report({
    name: 'edge/verify-and-normalise',
    unit: 'ms',
    samples: verified,
    bound: { atMost: 0.2 },
    context,
  });
  report({
    name: 'edge/split',
    unit: 'ms',
    samples: parted,
    context: { ...context, what: 'parsing before the ack, and the search for repeated keys' },
  });
}
