/** 核销台: the form in which a coupon or a customer is looked for, and what this bill comes to. */
import type { FC, PropsWithChildren } from 'hono/jsx';
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
  const { typed, fault, form } = asked;
  const problem = fault?.field === 'amount' ? fault.text : undefined;
  const fields = { act: 'look', form, ...(holder && { member: holder.member.id }) };
  return (
    <form class="sheet" method="post" action={clerk.path} novalidate>
      <Hidden clerk={clerk} fields={fields} />
      {holder && <p class="note">这位顾客：{calledOf(holder)}。要换一位，就在下面扫或者输。</p>}
      <Field name="code" label="券码、套餐码、会员码或手机尾号" value={typed.code} autofocus={isFirst}>
        <button
          class={`${clerk.looks.other} scan`}
          type="button"
          hidden
          data-scan={JSON.stringify({ config: signature })}
        >
          扫一扫
        </button>
      </Field>
      <p class="hint" role="status" data-scanned></p>
      <Field name="name" label="称呼（只报尾号、重了的时候）" value={typed.name} />
      <Field
        name="amount"
        label="这单多少元（限商品的券，只算那些商品）"
        value={typed.amount}
        problem={problem}
      />
      <Field name="orderNo" label="小票号（填了，退货时券会自己退回）" value={typed.orderNo} />
      {clerk.stores.length > 1 && <Where clerk={clerk} asked={asked} />}
      <p class="buttons">
        <button class={clerk.looks.first} data-look>
          查券
        </button>
      </p>
    </form>
  );
};

type FieldProps = {
  readonly name: keyof Asked['typed'];
  readonly label: string;
  readonly value: string;
  readonly problem?: string | undefined;
  readonly autofocus?: boolean;
};

const Field: FC<PropsWithChildren<FieldProps>> = ({ name, label, problem, children, ...input }) => (
  <div class={problem === undefined ? 'field' : 'field bad'}>
    <label for={name}>{label}</label>
    <div class="line">
      <input
        {...input}
        id={name}
        name={name}
        autocomplete="off"
        maxlength={64}
        inputmode={name === 'amount' ? 'decimal' : 'text'}
      />
      {children}
    </div>
    {problem !== undefined && <p class="problem">{problem}</p>}
  </div>
);

const Where: FC<Pick<DeskProps, 'clerk' | 'asked'>> = ({ clerk, asked: { fault, storeId } }) => (
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
);

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
