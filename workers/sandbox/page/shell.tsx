/** 页面骨架: what is on the page before a script has run. */
import { categories, products, shopName, stores, associates, members, type Product } from '../shop.ts';
import { Icon } from './icons.tsx';

const favicon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='9' fill='%231d6b4a'/%3E%3Cpath d='M8 8h16v16H8zM13 13h6v6h-6z' fill='none' stroke='%23fff' stroke-width='2.5'/%3E%3C/svg%3E";

export function Shell() {
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${shopName} · 回客沙盒`}</title>
        <link rel="icon" href={favicon} />
        <link rel="stylesheet" href="/sandbox/style.css" />
        <script type="module" src="/sandbox/app.js" />
      </head>
      <body data-tab="till">
        <Header />
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
        <a href="/api/docs">接口文档</a>
        <a href="/sandbox/api/credentials">密钥</a>
      </nav>
    </header>
  );
}

function Till() {
  return (
    <section class="till" id="till" aria-label="收银台">
      <div class="shelf">
        <div class="chips" role="group" aria-label="商品分类">
          <button type="button" data-category="" aria-pressed="true">
            全部
          </button>
          {categories.map(({ id, name }) => (
            <button type="button" data-category={id} aria-pressed="false">
              {name}
            </button>
          ))}
        </div>
        <ul class="tiles">
          {products.map((product) => (
            <Tile product={product} />
          ))}
        </ul>
        <Clock />
      </div>
      <div class="counter">
        <div class="paper">
          <Slip />
        </div>
        <section class="recent" aria-labelledby="recent-title">
          <h2 id="recent-title">最近小票</h2>
          <ul id="receipts">
            <li class="empty">还没有小票。点几样商品，收一单试试。</li>
          </ul>
        </section>
      </div>
    </section>
  );
}

function Tile({ product }: { product: Product }) {
  const category = product.categoryPath[0]?.id ?? '';
  return (
    <li data-category={category}>
      <button type="button" class={`tile shade-${category}`} data-sku={product.sku}>
        <Icon category={iconOf(product)} />
        <span class="name">{product.name}</span>
        <span class="size">{product.size}</span>
        <span class="price">{(product.priceFen / 100).toFixed(2)}</span>
        {product.tags.includes('特价') && <span class="badge bargain">特价</span>}
        {product.pointsFactor > 1 && <span class="badge">{`${product.pointsFactor}倍积分`}</span>}
        <span class="count" hidden />
      </button>
    </li>
  );
}

function Slip() {
  return (
    <form class="slip" id="slip" aria-label="当前小票">
      <h2>{shopName}</h2>
      <div class="fields">
        <label>
          门店
          <select name="store">
            {stores.map(({ id, name }) => (
              <option value={id}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          导购
          <select name="associate" />
        </label>
        <label class="wide">
          会员
          <select name="member" />
        </label>
      </div>
      <fieldset class="newcomer" hidden>
        <legend>新顾客</legend>
        <label>
          称呼
          <input name="name" autocomplete="off" maxlength={20} placeholder="小橙子妈妈" />
        </label>
        <label>
          手机号
          <input
            name="phone"
            type="tel"
            autocomplete="off"
            inputmode="numeric"
            maxlength={11}
            placeholder="139…"
          />
        </label>
        <button type="button" class="quiet" data-act="follow">
          扫码关注公众号
        </button>
      </fieldset>
      <ul class="lines" id="lines" aria-live="polite" />
      <p class="total">
        <span>
          合计 <span id="pieces">0</span> 件
        </span>
        <output id="total">0.00</output>
      </p>
      <button class="pay" disabled>
        收款
      </button>
      <p class="answer" id="answer" role="status">
        收款后，这一单会签好名发给回客。
      </p>
    </form>
  );
}

function Clock() {
  return (
    <form class="clock" id="clock" aria-labelledby="clock-title">
      <div>
        <h2 id="clock-title">跳到…</h2>
        <p>让定时任务按那一刻跑一遍。提醒在每天上午 9 点送出。</p>
      </div>
      <div class="presets">
        <button type="button" class="quiet" data-days="1">
          明早 9 点
        </button>
        <button type="button" class="quiet" data-days="9">
          9 天后
        </button>
        <button type="button" class="quiet" data-days="16">
          16 天后
        </button>
      </div>
      <div class="moment">
        <input type="datetime-local" name="at" aria-label="日期和时间" required />
        <button class="quiet">跳过去</button>
      </div>
    </form>
  );
}

function Phone() {
  return (
    <section class="side" id="phone" aria-label="顾客手机">
      <div class="owners" id="owners" role="group" aria-label="谁的手机" />
      <div class="phone">
        <div class="screen" data-view="chat">
          <div class="status" aria-hidden="true">
            <span id="time">9:41</span>
            <span class="signal" />
          </div>
          <div class="bar">
            <strong>{shopName}</strong>
            <button type="button" id="follow" hidden />
          </div>
          <div class="banner" id="banner" role="status" hidden />
          <ol class="chat" id="chat" role="log" aria-label="聊天" tabindex={0} />
          <div class="purse" id="coupons" hidden />
          <div class="purse" id="points" hidden />
          <div class="packets" id="money" role="group" aria-label="待收款" hidden />
          <div class="account-menu" id="account-menu" role="group" aria-label="公众号菜单" hidden />
          <form class="say" id="say">
            <input
              name="text"
              aria-label="发消息给公众号"
              placeholder="发消息"
              autocomplete="off"
              maxlength={600}
            />
            <button>发送</button>
          </form>
          <div class="menu" role="group" aria-label="手机上看什么">
            <button type="button" data-view="chat" aria-pressed="true">
              消息
            </button>
            <button type="button" data-view="coupons" aria-pressed="false">
              券包
            </button>
            <button type="button" data-view="points" aria-pressed="false">
              积分
            </button>
          </div>
        </div>
      </div>
    </section>
  );
}

/** The last category of the path names the drawing, except milk powder and diapers, whose last ones are brands. */
function iconOf({ categoryPath }: Product): string {
  const [first, last] = [categoryPath[0]?.name ?? '', categoryPath.at(-1)?.name ?? ''];
  return first === '奶粉' || first === '纸尿裤' ? first : last;
}

/** A `<` in a name must not end the script element. */
function shopJson(): string {
  return JSON.stringify({ shopName, stores, associates, members, products }).replaceAll('<', '\\u003c');
}
