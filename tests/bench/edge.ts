/** 验签: what a sale of two kilobytes costs the Worker before it is stored, and before it is decided. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { startRuntime } from '../../scripts/runtime.ts';
import { few } from './campaigns.ts';
import { received } from './received.ts';
import { report } from './report.ts';
import type { Length } from './run.ts';
import { secret } from './shop.ts';
import { hasCpuTimes, workerdCpuMs } from './workerd-cpu.ts';

/** A tick of the clock that CPU is read from is 10 ms: a sample has half a hundred of them. */
const callsPerMs = 20;

/** In workerd: in Node each code is made on another thread, and the way there and back costs more than the code. */
export async function benchEdge({ samples, sampleMs }: Length): Promise<void> {
  const nowSeconds = 1_795_000_000;
  const occurredAt = new Date(nowSeconds * 1000).toISOString();
  const { body } = received(
    { number: 1, member: 1, catalogue: few.catalogue, occurredAt },
    nowSeconds * 1000,
  );
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`msg-1.${nowSeconds}.${body}`).digest('base64');
  const headers = {
    'webhook-id': 'msg-1',
    'webhook-timestamp': String(nowSeconds),
    'webhook-signature': `v1,${signature}`,
  };
  const runtime = await startRuntime({ workerEntry: 'tests/bench/edge-worker.ts' });
  const asked = async (path: string, calls: number): Promise<void> => {
    const query = new URLSearchParams({ calls: String(calls), secret, now: String(nowSeconds) });
    const answer = await fetch(`${runtime.url}${path}?${query.toString()}`, {
      method: 'POST',
      headers,
      body,
    });
    assert.equal(await answer.text(), String(calls));
  };
  const cpuMs = async (path: string): Promise<number> => {
    const calls = Math.ceil(sampleMs * callsPerMs);
    await asked(path, Math.ceil(calls / 4));
    const before = workerdCpuMs();
    await asked(path, calls);
    return (workerdCpuMs() - before) / calls;
  };
  const verified: number[] = [];
  const parted: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    verified.push(await cpuMs('/verified'));
    parted.push(await cpuMs('/parted'));
  }
  await runtime.stop();
  const context = { per: 'sale', bodyBytes: Buffer.byteLength(body) };
  report({
    name: 'edge/verify-and-normalise',
    unit: 'ms',
    samples: verified,
    ...(hasCpuTimes && { bound: { atMost: 0.2 } }),
    context: { ...context, what: 'CPU of workerd' },
  });
  report({
    name: 'edge/split',
    unit: 'ms',
    samples: parted,
    context: { ...context, what: 'parsing before the ack, and the search for repeated keys' },
  });
}
