/** 模拟的 api.weixin.qq.com: the calls of an official account, with the refusals and limits of the real one. */
import { Hono } from 'hono';
import { clockOf } from '../plain/clock.ts';
import { troubles } from '../state/faults.ts';
import type { SandboxApp } from '../here.ts';
import { answer } from './call.ts';
import type { Endpoint } from './endpoint.ts';
import { currentMenu, currentReplies, listDrafts } from './existing.ts';
import { injected, refusal } from './errors.ts';
import { massSend, massSendAll, massStatus } from './mass.ts';
import { createMenu, deleteMenu, getMenu } from './menu.ts';
import { exchangeCode, readProfile } from './oauth.ts';
import { addTemplate, allTemplates, deleteTemplate } from './private-templates.ts';
import { createQrcode } from './qrcode.ts';
import { sendCustom } from './send-custom.ts';
import { sendSubscription } from './send-subscription.ts';
import { sendTemplate } from './send-template.ts';
import { createTag, getTags, tagPeople, untagPeople } from './tags.ts';
import { getTicket } from './ticket.ts';
import { stableToken } from './tokens.ts';
import {
  callbackAddresses,
  checkCallback,
  domainAddresses,
  noteRefusal,
  readQuota,
  readRid,
} from './tools.ts';
import { userInfo, usersInfo } from './users.ts';

const endpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/cgi-bin/stable_token', handle: stableToken, needs: 'address' },
  { method: 'POST', path: '/cgi-bin/message/template/send', handle: sendTemplate },
  { method: 'POST', path: '/cgi-bin/message/custom/send', handle: sendCustom },
  { method: 'POST', path: '/cgi-bin/message/subscribe/bizsend', handle: sendSubscription },
  { method: 'POST', path: '/cgi-bin/message/mass/send', handle: massSend },
  { method: 'POST', path: '/cgi-bin/message/mass/sendall', handle: massSendAll },
  { method: 'POST', path: '/cgi-bin/message/mass/get', handle: massStatus },
  { method: 'POST', path: '/cgi-bin/template/api_add_template', handle: addTemplate },
  { method: 'GET', path: '/cgi-bin/template/get_all_private_template', handle: allTemplates },
  { method: 'POST', path: '/cgi-bin/template/del_private_template', handle: deleteTemplate },
  { method: 'POST', path: '/cgi-bin/qrcode/create', handle: createQrcode },
  { method: 'POST', path: '/cgi-bin/menu/create', handle: createMenu },
  { method: 'GET', path: '/cgi-bin/menu/get', handle: getMenu },
  { method: 'GET', path: '/cgi-bin/menu/delete', handle: deleteMenu },
  { method: 'POST', path: '/cgi-bin/draft/batchget', handle: listDrafts },
  { method: 'GET', path: '/cgi-bin/get_current_selfmenu_info', handle: currentMenu },
  { method: 'GET', path: '/cgi-bin/get_current_autoreply_info', handle: currentReplies },
  { method: 'GET', path: '/cgi-bin/user/info', handle: userInfo },
  { method: 'POST', path: '/cgi-bin/user/info/batchget', handle: usersInfo },
  { method: 'POST', path: '/cgi-bin/tags/create', handle: createTag },
  { method: 'GET', path: '/cgi-bin/tags/get', handle: getTags },
  { method: 'POST', path: '/cgi-bin/tags/members/batchtagging', handle: tagPeople },
  { method: 'POST', path: '/cgi-bin/tags/members/batchuntagging', handle: untagPeople },
  { method: 'GET', path: '/cgi-bin/ticket/getticket', handle: getTicket },
  { method: 'POST', path: '/cgi-bin/callback/check', handle: checkCallback },
  { method: 'GET', path: '/cgi-bin/getcallbackip', handle: callbackAddresses },
  { method: 'GET', path: '/cgi-bin/get_api_domain_ip', handle: domainAddresses },
  { method: 'POST', path: '/cgi-bin/openapi/quota/get', handle: readQuota },
  { method: 'POST', path: '/cgi-bin/openapi/rid/get', handle: readRid },
  { method: 'GET', path: '/sns/oauth2/access_token', handle: exchangeCode, needs: 'nothing' },
  { method: 'GET', path: '/sns/userinfo', handle: readProfile, needs: 'nothing' },
];

export const weixin = new Hono<SandboxApp>();

/** Notes every refusal under its rid, with what was asked. */
weixin.use(async (context, next) => {
  const { req } = context;
  const request = req.method === 'POST' ? await req.raw.clone().text() : '';
  await next();
  const response = await context.res.clone().text();
  const { pathname } = new URL(req.url);
  await noteRefusal(context.env.SANDBOX_DB, { at: clockOf(context.env), path: pathname, request, response });
});
weixin.use(troubles(injected));
for (const endpoint of endpoints) weixin.all(endpoint.path, (context) => answer(context, endpoint));
weixin.notFound(() => refusal(40066));
