/** 顾客手机: what one of the people holds in the hand. */
import { shopName } from '../demo/shop.ts';

/** Through the login, so that the page is of whoever holds this phone, and not of whoever held it before. */
const pages = { '/m/': '会员页', '/m/register': '注册页', '/a/': '导购页' };

export function Phone() {
  return (
    <section class="side" id="phone" aria-label="顾客手机">
      <div class="owners" id="owners" role="group" aria-label="谁的手机" />
      <nav class="opens" aria-label="用这部手机打开">
        {Object.entries(pages).map(([path, name]) => (
          <a href={`/m/login?to=${path}`} target="_blank" rel="noopener">
            {name}
          </a>
        ))}
      </nav>
      <div class="phone">
        <div class="screen" data-view="chat">
          <div class="status" aria-hidden="true">
            <span id="time">9:41</span>
            <span class="signal" />
          </div>
          <div class="web" id="web" hidden>
            <button type="button" id="web-close">
              ‹ 返回聊天
            </button>
          </div>
          <div class="bar">
            <strong>{shopName}</strong>
            <button type="button" id="follow" hidden />
          </div>
          <div class="banner" id="banner" role="status" hidden />
          <ol class="chat" id="chat" aria-live="polite" aria-label="聊天" tabindex={0} />
          <div class="purse" id="coupons" role="region" aria-label="券包" tabindex={0} hidden />
          <div class="purse" id="points" role="region" aria-label="积分" tabindex={0} hidden />
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
