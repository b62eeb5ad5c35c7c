/** 核销台: the form in which a coupon or a customer is looked for, and what this bill comes to. */
import type { FC } from 'hono/jsx';
import type { MemberHoldings } from '../../db/members/members.ts';
import { maskPhone } from '../../views/mask.ts';
import { tokenField } from '../posted.tsx';
import type { PageSignature } from '../wechat/sign.ts';
import type { Asked } from './asked.ts';
import type { Clerk } from './clerk.ts';

type DeskProps = {
  readonly clerk: Clerk;
  readonly asked: Asked;
  /** Who was found before: the amount may be changed without another scan. */
  readonly holder: MemberHoldings | null;
  readonly signature: PageSignature | null;
  /** Not where something stands above it: a phone would scroll past that. */
  readonly isFirst: boolean;
};

export const Desk: FC<DeskProps> = ({ clerk, asked, holder, signature, isFirst }) => {
  const { typed, fault, storeId } = asked;
  return (
    <form class="sheet" method="post" action={clerk.path} novalidate>
      <Hidden
        clerk={clerk}
        fields={{ act: 'look', form: asked.form, ...(holder && { member: holder.member.id }) }}
      />
      {holder && <p class="note">这位顾客：{calledOf(holder)}。要换一位，就在下面扫或者输。</p>}
      <div class="field">
        <label for="code">券码、会员码或手机尾号</label>
        <div class="line">
          <input
            id="code"
            name="code"
            value={typed.code}
            autocomplete="off"
            autofocus={isFirst}
            maxlength={64}
          />
          <button
            class={`${clerk.looks.other} scan`}
            type="button"
            hidden
            data-scan={JSON.stringify({ config: signature })}
          >
            扫一扫
          </button>
        </div>
        <p class="hint" role="status" data-scanned></p>
      </div>
      <div class="field">
        <label for="name">称呼（只报尾号、重了的时候）</label>
        <div class="line">
          <input id="name" name="name" value={typed.name} autocomplete="off" maxlength={64} />
        </div>
      </div>
      <div class={fault?.field === 'amount' ? 'field bad' : 'field'}>
        <label for="amount">这单多少元（限商品的券，只算那些商品）</label>
        <div class="line">
          <input
            id="amount"
            name="amount"
            value={typed.amount}
            inputmode="decimal"
            autocomplete="off"
            maxlength={16}
          />
        </div>
        {fault?.field === 'amount' && <p class="problem">{fault.text}</p>}
      </div>
      <div class="field">
        <label for="orderNo">小票号（填了，退货时券会自己退回）</label>
        <div class="line">
          <input id="orderNo" name="orderNo" value={typed.orderNo} autocomplete="off" maxlength={64} />
        </div>
      </div>
      {clerk.stores.length > 1 && (
        <div class={fault?.field === 'store' ? 'field bad' : 'field'}>
          <label for="store">在哪家门店</label>
          <select id="store" name="store">
            <option value="">请选</option>
            {clerk.stores.map(({ id, name }) => (
              <option value={id} selected={id === storeId}>
                {name}
              </option>
            ))}
          </select>
          {fault?.field === 'store' && <p class="problem">{fault.text}</p>}
        </div>
      )}
      <p class="buttons">
        <button class={clerk.looks.first} data-look>
          查券
        </button>
      </p>
    </form>
  );
};

export const Hidden: FC<{ clerk: Clerk; fields: Readonly<Record<string, string>> }> = ({ clerk, fields }) => (
  <>
    <input type="hidden" name={tokenField} value={clerk.token} />
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
);

export const calledOf = ({ member: { name, phone } }: MemberHoldings): string =>
  [name ?? '没有称呼', phone === null ? '没有手机号' : maskPhone(phone)].join('，');
