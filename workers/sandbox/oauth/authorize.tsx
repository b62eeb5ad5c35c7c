/** 微信登录页: stands for open.weixin.qq.com/connect/oauth2/authorize, where a browser says who holds it. */
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { hereOf, type SandboxApp } from '../here.ts';
import { listPeople, type Person } from '../state/people.ts';
import { newCode, scopes, type Scope } from '../weixin/oauth.ts';

/** Whose phone the browser is; the page of the sandbox sets it too. */
const cookieName = 'sandbox-openid';

export const authorize = new Hono<SandboxApp>();

/**
 * `?openid=` logs in as that person at once, `&deny=1` turns the login down, `&snapshot=1` makes it that of a snapshot
 * page. Without an openid, snsapi_base is silent for the phone that the browser is, and anything else asks.
 */
authorize.get('/', async (context) => {
  const here = await hereOf(context);
  const { req } = context;
  const fault = faultIn(here.env.WECHAT_APP_ID, here.env.PUBLIC_URL, new URL(req.url).searchParams);
  if (fault !== null) return context.html(html`<!doctype html>${<Refusal fault={fault} />}`, 400);
  const scope: Scope = req.query('scope') === 'snsapi_userinfo' ? 'snsapi_userinfo' : 'snsapi_base';
  const target = new URL(req.query('redirect_uri') ?? '');
  const silent = scope === 'snsapi_base' ? getCookie(context, cookieName) : undefined;
  const openid = req.query('openid') ?? silent;
  if (openid === undefined || openid === '') {
    const people = await listPeople(here.db);
    return context.html(html`<!doctype html>${<Choice people={people} scope={scope} url={req.url} />}`);
  }
  if (req.query('deny') !== '1') {
    const isSnapshot = here.settings.isSnapshot || req.query('snapshot') === '1';
    target.searchParams.set('code', await newCode(here, { openid, scope, isSnapshot }));
    setCookie(context, cookieName, openid, { path: '/sandbox', sameSite: 'Lax' });
  }
  target.searchParams.set('state', req.query('state') ?? '');
  return context.redirect(target.href);
});

/** The codes are those that WeChat shows the person. */
function faultIn(appId: string, publicUrl: string, query: URLSearchParams): string | null {
  if (query.get('appid') !== appId) return 'AppID 参数错误，错误码：10013';
  const target = URL.parse(query.get('redirect_uri') ?? '');
  if (target === null || target.hostname !== new URL(publicUrl).hostname) {
    return 'redirect_uri 域名与后台配置不一致，错误码：10003';
  }
  if (query.get('response_type') !== 'code') return 'response_type 参数错误';
  if (!scopes.some((scope) => scope === query.get('scope')))
    return 'Scope 参数错误或没有 Scope 权限，错误码：10005';
  return /^[\w-]{0,128}$/.test(query.get('state') ?? '') ? null : 'state 参数错误';
}

function Refusal({ fault }: { fault: string }) {
  return (
    <Page title="无法登录">
      <h1>无法登录</h1>
      <p>{fault}</p>
    </Page>
  );
}

function Choice({ people, scope, url }: { people: readonly Person[]; scope: Scope; url: string }) {
  const address = (openid: string): string => {
    const next = new URL(url);
    next.searchParams.set('openid', openid);
    return `${next.pathname}${next.search}`;
  };
  return (
    <Page title="微信登录">
      <h1>微信登录</h1>
      <p>
        {scope === 'snsapi_userinfo'
          ? '网页申请获得你的昵称和头像，选一个人同意：'
          : '沙盒里的浏览器是谁的？'}
      </p>
      <ul>
        {people.map(({ openid, name, phone }) => (
          <li>
            <a href={address(openid)}>{name ?? phone ?? openid}</a>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Page({ title, children }: { title: string; children: unknown }) {
  return (
    <html lang="zh-CN" class="both">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/sandbox/login.css" />
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  );
}
