/** 沙盒页面: the till and the phone side by side, with everything they load from this same Worker. */
// oxlint-disable import/default -- These files are taken in as text, which has no exports of its own.
import { Hono } from 'hono';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import { tokens } from '../../design/index.ts';
import type { SandboxApp } from '../here.ts';
import account from './account.client.js' with { type: 'text' };
import app from './app.client.js' with { type: 'text' };
import chat from './chat.client.js' with { type: 'text' };
import cart from './cart.client.js' with { type: 'text' };
import coupons from './coupons.client.js' with { type: 'text' };
import customer from './customer.client.js' with { type: 'text' };
import dom from './dom.client.js' with { type: 'text' };
import journal from './journal.client.js' with { type: 'text' };
import receipts from './receipts.client.js' with { type: 'text' };
import tour from './tour.client.js' with { type: 'text' };
import wallet from './wallet.client.js' with { type: 'text' };
import web from './web.client.js' with { type: 'text' };
import { Shell } from './shell.tsx';
import accountCss from './account.css' with { type: 'text' };
import loginCss from './login.css' with { type: 'text' };
import phoneCss from './phone.css' with { type: 'text' };
import shellCss from './shell.css' with { type: 'text' };
import tillCss from './till.css' with { type: 'text' };
import tourCss from './tour.css' with { type: 'text' };
import wechatCss from './wechat.css' with { type: 'text' };

const scripts = new Map(
  Object.entries({ account, app, cart, chat, coupons, customer, dom, journal, receipts, tour, wallet, web }),
);
const style = [tokens, wechatCss, shellCss, tillCss, tourCss, phoneCss, accountCss].join('\n');
const loginStyle = [tokens, wechatCss, loginCss].join('\n');

export const page = new Hono<SandboxApp>();

page.use(
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      frameAncestors: ["'none'"],
    },
  }),
);
page.get('/', (context) => context.html(html`<!doctype html>${<Shell />}`));
page.get('/style.css', (context) => context.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
page.get('/login.css', (context) =>
  context.body(loginStyle, 200, { 'content-type': 'text/css; charset=utf-8' }),
);
page.get('/:name{[a-z]+(\\.client)?\\.js}', (context) => {
  const [name = ''] = context.req.param('name').split('.');
  const script = scripts.get(name);
  if (script === undefined) return context.notFound();
  return context.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' });
});
