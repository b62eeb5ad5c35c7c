/** 收银台: the shelf, the slip and the receipts, and a clock that can be turned. */
import { categories, products, type Product } from '../demo/goods.ts';
import { shopName, stores } from '../demo/shop.ts';
import { Icon } from './icons.tsx';

export function Till() {
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
        <section class="recent" aria-labelledby="journal-title">
          <h2 id="journal-title">回客收到了什么</h2>
          <ul id="journal" class="journal">
            <li class="empty">还没有。点一步，或者收一单。</li>
          </ul>
        </section>
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
      <ul class="quoted" id="quoted" aria-label="券" hidden />
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

/** The last category of the path names the drawing, except milk powder and diapers, whose last ones are brands. */
function iconOf({ categoryPath }: Product): string {
  const [first, last] = [categoryPath[0]?.name ?? '', categoryPath.at(-1)?.name ?? ''];
  return first === '奶粉' || first === '纸尿裤' ? first : last;
}
