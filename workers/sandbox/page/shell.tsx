/** 页面骨架: what is on the page before a script has run. */
import { products } from '../demo/goods.ts';
import { associates, members, shopName, stores } from '../demo/shop.ts';
import { Phone } from './phone.tsx';
import { Till } from './till.tsx';
import { Tour } from './tour.tsx';

const favicon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='9' fill='%231d6b4a'/%3E%3Cpath d='M8 8h16v16H8zM13 13h6v6h-6z' fill='none' stroke='%23fff' stroke-width='2.5'/%3E%3C/svg%3E";

export function Shell() {
  return (
    <html lang="zh-CN" class="both">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${shopName} · 回客沙盒`}</title>
        <link rel="icon" href={favicon} />
        <link rel="stylesheet" href="/sandbox/style.css" />
        <script type="module" src="/sandbox/app.js" />
      </head>
      <body data-tab="till">
        <Header />
        <Tour />
        <main>
          <Till />
          <Phone />
        </main>
        <nav class="tabs" aria-label="切换">
          <button type="button" data-tab="till" aria-pressed="true">
            收银台
          </button>
          <button type="button" data-tab="phone" aria-pressed="false">
            顾客手机 <span class="unread" hidden />
          </button>
        </nav>
        <button type="button" class="jump" hidden>
          去收款
        </button>
        <div class="toast" role="status" aria-live="polite" hidden />
        <script type="application/json" id="shop" dangerouslySetInnerHTML={{ __html: shopJson() }} />
      </body>
    </html>
  );
}

function Header() {
  return (
    <header class="top">
      <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="9" />
        <path d="M8 8h16v16H8zM13 13h6v6h-6z" />
      </svg>
      <div>
        <h1>
          回客 <small>沙盒</small>
        </h1>
        <p>左边收银，右边是顾客的手机。每一单都真实签名，每条消息都走一遍模拟微信。</p>
      </div>
      <nav aria-label="其他页面">
        <a href="/sandbox/enter/owner">老板的后台</a>
        <a href="/sandbox/enter/cashier">收银员</a>
        <a href="/api/docs">接口文档</a>
        <a href="/sandbox/api/credentials">密钥</a>
      </nav>
    </header>
  );
}

/** A `<` in a name must not end the script element. */
function shopJson(): string {
  return JSON.stringify({ shopName, stores, associates, members, products }).replaceAll('<', '\\u003c');
}
