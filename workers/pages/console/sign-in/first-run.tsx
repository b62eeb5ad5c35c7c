/** 开店: what the first person is asked, and how it is said when something is wrong. */
import type { FC } from 'hono/jsx';
import { trades } from '../../../../schema/index.ts';
import { tradeNames } from '../words/trades.ts';

export type Filled = {
  readonly name?: string;
  readonly shopName?: string;
  readonly publicUrl?: string;
  readonly trade?: string;
};
export type Faults = Readonly<Partial<Record<keyof Filled, string>>>;

const Text: FC<{
  name: keyof Filled;
  label: string;
  help: string;
  value: string;
  fault: string | undefined;
}> = ({ name, label, help, value, fault }) => (
  <div class={fault === undefined ? 'field' : 'field bad'}>
    <label for={name}>{label}</label>
    <span class="help">{help}</span>
    <input
      id={name}
      name={name}
      value={value}
      maxlength={200}
      aria-invalid={fault === undefined ? undefined : 'true'}
    />
    {fault !== undefined && <p class="problem">{fault}</p>}
  </div>
);

export const FirstRun: FC<{
  filled: { name: string; shopName: string; publicUrl: string; trade: string };
  faults: Faults;
}> = ({ filled, faults }) => (
  <form class="sheet" method="post">
    <h1>欢迎使用回客</h1>
    <p class="lead">您是第一个登录的人，就是这家店的老板。只问四件事，以后都能在设置里改。</p>
    <Text
      name="name"
      label="您的称呼"
      help="同事在操作记录里看到的名字。"
      value={filled.name}
      fault={faults.name}
    />
    <Text
      name="shopName"
      label="店名"
      help="会员在微信里看到的店名。"
      value={filled.shopName}
      fault={faults.shopName}
    />
    <Text
      name="publicUrl"
      label="公网地址"
      help="会员打开页面用的网址；还没有就空着，以后再填。"
      value={filled.publicUrl}
      fault={faults.publicUrl}
    />
    <div class={faults.trade === undefined ? 'field' : 'field bad'}>
      <label for="trade">行业</label>
      <span class="help">只有母婴店的会员注册时会被问到宝宝。</span>
      <select id="trade" name="trade">
        {trades.map((trade) => (
          <option value={trade} selected={trade === filled.trade}>
            {tradeNames[trade]}
          </option>
        ))}
      </select>
      {faults.trade !== undefined && <p class="problem">{faults.trade}</p>}
    </div>
    <p class="buttons">
      <button class="first">开始</button>
    </p>
  </form>
);
