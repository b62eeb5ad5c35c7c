/** 柜台上填的: what stands in the form of the counter, typed by hand, and what of it is not understood. */
import type { StoreId } from '../../../schema/index.ts';
import { fenOf } from '../../decide/plain/yuan.ts';
import { newWord } from '../keys.ts';
import type { Clerk } from './clerk.ts';

const textMax = 64;
const formShape = /^[0-9A-Za-z]{26}$/;

export type Asked = {
  /** As it was typed, to stand there again. */
  readonly typed: {
    readonly code: string;
    readonly name: string;
    readonly amount: string;
    readonly orderNo: string;
  };
  readonly memberId: string | null;
  readonly storeId: StoreId | null;
  readonly payableFen: number | null;
  /** Names this bill, however often its form is sent. */
  readonly form: string;
  readonly fault: { readonly field: 'amount' | 'store'; readonly text: string } | null;
};

export function askedOf({ stores }: Clerk, form: URLSearchParams): Asked {
  const text = (name: string): string => (form.get(name) ?? '').trim().slice(0, textMax);
  const typed = { code: text('code'), name: text('name'), amount: text('amount'), orderNo: text('orderNo') };
  const [only] = stores;
  const named = stores.find(({ id }) => id === form.get('store'));
  const store = stores.length === 1 ? only : named;
  const payableFen = typed.amount === '' ? null : fenOf(typed.amount);
  const given = form.get('form') ?? '';
  return {
    typed,
    memberId: form.get('member') || null,
    storeId: store?.id ?? null,
    payableFen: payableFen ?? null,
    form: formShape.test(given) ? given : newWord(),
    fault:
      payableFen === undefined
        ? { field: 'amount', text: '金额看不懂：写元，比如 128 或 128.50。' }
        : store
          ? null
          : { field: 'store', text: '请选您现在在哪家门店。' },
  };
}
