/** 订单状态: whether an order stands, by what its file says of it; an order that does not stand is left out, and said. */
import { seen } from '../../../../schema/index.ts';
import { stateUnclear, statesLeftOut, type LeftOutState } from '../../../words/files/file-words.ts';
import type { CellKind } from '../cells.ts';
import type { Row, Values } from '../columns.ts';

/** Malls write up to three of them beside each other. */
export const stateKeys = ['orderState', 'paymentState', 'refundState'] as const;

type State = LeftOutState | 'stands' | 'unclear';

/** The first that fits: a refusal to pay back, or none asked for, leaves the order standing. */
const states: readonly (readonly [State, RegExp])[] = [
  ['unpaid', /未付|未支付|未收款|待付|待支付|等待.{0,4}付款|unpaid|awaiting/],
  ['stands', /^(?:未|无|没有|不)|退[款货](?:已)?(?:关闭|失败|驳回|拒绝|取消|撤销)|(?:拒绝|取消|驳回|撤销)退/],
  // In part paid back, and nobody knows by how much; in English a closed order is one that is done with, or called off.
  ['unclear', /部分(?:退|取消|关闭)|partial|^closed$/],
  ['void', /取消|关闭|作废|撤销|撤单|冲正|冲销|废单|已删除|cancel|void/],
  ['returned', /已退|退[款货](?:已)?(?:成功|完成)|全额退|全部退|^退[款货]$|^refunded$|^returned$/],
];

export const state: CellKind = (cell) => {
  const text = seen(cell.normalize('NFKC')).toLowerCase().replaceAll(/\s/g, '');
  const found = states.find(([, shape]) => shape.test(text))?.[0] ?? 'stands';
  return found === 'unclear'
    ? { ok: false, why: stateUnclear(cell.slice(0, 30)) }
    : { ok: true, value: found };
};

/** A return that was paid back is done. */
export function leftOutAs(head: Values, kind: 'sale' | 'refund'): LeftOutState | null {
  const found = stateKeys.map((key) => head[key]);
  if (found.includes('void')) return 'void';
  if (kind === 'refund') return null;
  return (['returned', 'unpaid'] as const).find((one) => found.includes(one)) ?? null;
}

export type LeftOut = { readonly leftOut: LeftOutState; readonly rows: readonly Row[] };

/** A sentence for each state. */
export const notesOf = (all: readonly LeftOut[]): string[] =>
  (['void', 'returned', 'unpaid'] as const).flatMap((one) => {
    const lines = all
      .filter(({ leftOut }) => leftOut === one)
      .flatMap(({ rows }) => rows.map(({ line }) => line));
    return lines.length === 0 ? [] : [statesLeftOut(one, lines)];
  });
