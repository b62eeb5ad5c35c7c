/** 改了什么: two states of something in the words of the form that it is filled in by, and values as people write them. */
import { day, money, moment } from '../kit/format.ts';
import { plain } from '../kit/record.ts';
import type { FormWords } from '../form/words.ts';
import { campaignWords } from './forms/promotions/campaign.ts';
import { codeWords } from './forms/code.ts';
import { couponWords, exchangeItemWords } from './forms/promotions/coupon.ts';
import * as member from './forms/member.ts';
import { fileWords, usesWords } from './forms/file.ts';
import { menuWords } from './forms/menu.ts';
import { packageSaleWords, packageTemplateWords } from './forms/package.ts';
import { personWords } from './forms/people.ts';
import { lotteryWords } from './forms/promotions/lottery.ts';
import { massWords } from './promotions/mass.ts';
import { planWords } from './forms/promotions/plan.ts';
import { settingsWords } from './forms/settings.ts';
import {
  cashOutWords,
  storedCorrectionWords,
  reversalWords,
  storedRefundWords,
  storedSpendWords,
  topUpWords,
} from './forms/stored.ts';
import { associateWords, storeWords } from './forms/shop.ts';
import { superRefundWords, superSaleWords } from './forms/super.ts';
import { tokenWords } from './forms/token.ts';

/** By the beginning of an act. */
const forms: readonly (readonly [string, FormWords])[] = [
  ['campaign.', campaignWords],
  ['template.', couponWords],
  ['exchange-item.', exchangeItemWords],
  ['lottery.', lotteryWords],
  ['package-template.', packageTemplateWords],
  ['package.', packageSaleWords],
  ['plan.', planWords],
  ['mass.', massWords],
  ['settings.', settingsWords],
  ['people.', personWords],
  ['store.', storeWords],
  ['associate.', associateWords],
  ['code.', codeWords],
  ['token.', tokenWords],
  ['menu.', menuWords],
  ['stored.top-up', topUpWords],
  ['stored.spend', storedSpendWords],
  ['stored.refund', storedRefundWords],
  ['stored.reverse', reversalWords],
  ['stored.cash-out', cashOutWords],
  ['stored.correct', storedCorrectionWords],
  ['member.edit', fileWords],
  ['PUT /members/{id}/file', fileWords],
  ['member.uses', usesWords],
  ['super.sell', superSaleWords],
  ['super.refund', superRefundWords],
  ['member.children', member.childrenWords],
  ['member.adjust', member.correctionWords],
  ['member.note', member.noteWords],
  ['member.merge', member.mergeWords],
];

/** What no form asks for. */
const others: Readonly<Record<string, string>> = {
  id: '编号',
  item: '项目',
  used: '用了几次',
  count: '几次',
  paidFen: '收的钱',
  refundedFen: '退的钱',
  name: '名称',
  phone: '手机号',
  reason: '原因',
  principalFen: '储值本金',
  bonusFen: '储值赠送',
  movedPrincipalFen: '其中本金',
  movedBonusFen: '其中赠送',
  number: '单号',
  people: '多少人',
  recipients: '交给微信',
  plan: '方案',
  backFen: '退了',
  untilAt: '到',
  points: '积分',
  delta: '增减',
  balance: '余额',
  memberId: '会员',
  personId: '人员',
  associateId: '导购',
  storeId: '门店',
  storeIds: '门店',
  scopes: '能做什么',
  sourceId: '来源',
  adapter: '系统',
  namespace: '编号空间',
  config: '设置',
  createdAt: '新建',
  expiresAt: '到期',
  revokedAt: '停用',
  lastUsedAt: '上次用',
  leftAt: '停用',
  role: '身份',
  tags: '手工标签',
  overlapHours: '旧密钥再用几小时',
  state: '状态',
  status: '状态',
  order: '订单号',
  sender: '发送方的编号',
  day: '日期',
  source: '来源',
  scene: '码的内容',
  url: '网址',
  text: '内容',
  version: '第几版',
  consentAt: '同意时间',
  optedOutAt: '不再发送',
  seen: '见过',
  changed: '改了几条',
};

type Line = { readonly label: string; readonly was: string | null; readonly is: string | null };
const linesMax = 60;

/** Of two states only what differs; of one, all of it. Null stands for a state that was not there. */
export function changesOf(act: string, before: unknown, after: unknown, now: number): readonly Line[] {
  const words = forms.find(([start]) => act.startsWith(start))?.[1] ?? {};
  const [was, is] = [leavesOf(plain(before)), leavesOf(plain(after))];
  const say = (leaves: Leaves, path: string): string | null =>
    leaves.has(path) ? valueWords(words, path, leaves, now) : null;
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => JSON.stringify(was.get(path)) !== JSON.stringify(is.get(path)))
    .slice(0, linesMax)
    .map((path) => ({ label: labelOf(words, path), was: say(was, path), is: say(is, path) }));
}

type Leaves = ReadonlyMap<string, unknown>;

/** `rewards[0].minFen` and its value; a list of plain values is one. */
function leavesOf(value: unknown, path = '', leaves = new Map<string, unknown>()): Leaves {
  if (Array.isArray(value) && value.some((one) => isRecord(one)))
    value.forEach((one, place) => leavesOf(one, `${path}[${place}]`, leaves));
  else if (isRecord(value))
    for (const [name, inner] of Object.entries(value))
      leavesOf(inner, path === '' ? name : `${path}.${name}`, leaves);
  else if (path !== '' || value !== null) leaves.set(path, value);
  return leaves;
}

const nameOf = (path: string): string => path.replaceAll(/\[\d+\]/g, '');
const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');

/** Where it stands as well: 送什么 2 · 多少积分. */
function labelOf(words: FormWords, path: string): string {
  const parts = path.split('.').map((part, place, all) => {
    const name = nameOf(all.slice(0, place + 1).join('.'));
    const [, number] = /\[(\d+)\]$/.exec(part) ?? [];
    const label = words[name]?.label ?? others[lastOf(part)] ?? lastOf(part);
    return number === undefined ? label : `${label} ${Number(number) + 1}`;
  });
  return parts.filter((part) => part !== '').join(' · ') || '内容';
}

function valueWords(words: FormWords, path: string, leaves: Leaves, now: number): string {
  const value = leaves.get(path);
  const { values, unit = '' } = words[nameOf(path)] ?? {};
  const one = (part: unknown): string =>
    values && typeof part === 'string' ? (values[part] ?? part) : asText(part);
  if (value === null || value === '') return '无';
  if (Array.isArray(value)) return value.length === 0 ? '无' : value.map(one).join('、');
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return numberWords(path, value, leaves, now) + unit;
  if (value === '***') return '（不显示）';
  if (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value) &&
    Number.isFinite(Date.parse(value))
  )
    return moment(Date.parse(value), now);
  return one(value);
}

function numberWords(path: string, value: number, leaves: Leaves, now: number): string {
  const name = lastOf(path);
  const isAmount = leaves.get(path.replace(/[^.]+$/, 'measure')) === 'amount';
  if (name.endsWith('Fen') || (name === 'atLeast' && isAmount)) return `${money(value)} 元`;
  if (name === 'payBps') return `${value / 1000} 折`;
  if (name.endsWith('Bps')) return `${value / 100}%`;
  if (name.endsWith('At')) return moment(value, now);
  return name.endsWith('On') ? day(value) : String(value);
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A value with names, as JSON has it: no list, and not nothing. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
