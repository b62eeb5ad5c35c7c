/** 一键登录: the console as one of the shop's people sees it, without looking for a link. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { SandboxApp } from './here.ts';

const Role = z.enum(['owner', 'cashier']);
const homeOfConsole = '/console/';

export const enter = new Hono<SandboxApp>();

/** The link is pressed for her; the first owner is asked for the shop's name before, so she sees the link's own page. */
enter.get('/:role', async ({ env, req, redirect }) => {
  const role = Role.safeParse(req.param('role'));
  if (!role.success || env.ENTER === undefined) return redirect(homeOfConsole);
  const made = await env.ENTER.fetch(new Request(new URL(`/${role.data}`, env.PUBLIC_URL)));
  const link = new URL(await made.text(), req.url);
  const { origin } = link;
  const answer = await env.HUIKE.fetch(
    new Request(link, { method: 'POST', headers: { origin }, redirect: 'manual' }),
  );
  return answer.status === 303 ? answer : redirect(link.pathname);
});
