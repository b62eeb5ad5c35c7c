/** 动作: the frame of every call by which a person or a tester does something; a wrong body is told so. */
import type { Context } from 'hono';
import * as z from 'zod';
import { hereOf, type Here, type SandboxApp } from '../here.ts';

export const Openid = z.string().min(1).max(64);

/** An answer that is not a plain object of 200. */
export class Refused extends Error {
  readonly status: 404 | 409;
  constructor(status: 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

type Handler = (context: Context<SandboxApp>) => Promise<Response>;

export function act<Shape>(
  schema: z.ZodType<Shape>,
  run: (here: Here, act: Shape) => Promise<object>,
): Handler {
  return async (context) => {
    const parsed = schema.safeParse(await context.req.json().catch(() => null));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue?.path.join('.') || 'body';
      return context.json({ error: `${where}: ${issue?.message ?? 'not understood'}` }, 400);
    }
    try {
      return context.json(await run(await hereOf(context), parsed.data));
    } catch (error) {
      if (error instanceof Refused) return context.json({ error: error.message }, error.status);
      throw error;
    }
  };
}
