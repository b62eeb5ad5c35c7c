/** 沙盒短信: the simplest way to a phone, for a development that has no vendor: a number and a text. */
import { Hono } from 'hono';
import * as z from 'zod';
import { troubles } from '../state/faults.ts';
import type { SandboxApp } from '../here.ts';
import { arrive, isMobile } from './send.ts';

const textLengthMax = 500;
const Body = z.object({
  phone: z.string().refine(isMobile, 'eleven digits'),
  text: z.string().min(1).max(textLengthMax),
});

export const plain = new Hono<SandboxApp>();

plain.use(troubles(() => Response.json({ error: 'the sandbox was told to fail' }, { status: 500 })));
plain.post('/', async (context) => {
  const body = Body.safeParse(await context.req.json().catch(() => null));
  if (!body.success) return context.json({ error: body.error.issues[0]?.message ?? 'not understood' }, 400);
  const { phone, text } = body.data;
  const id = await arrive(context.get('here'), { phone, kind: 'plain', text, data: { vendor: 'sandbox' } });
  return context.json({ ok: true, id });
});
