/** 模板库: the public library of the account's categories, and the templates it has chosen from it. */
import type { Card } from './messages.ts';

export type Field = {
  readonly key: string;
  readonly label: string;
  /** A `const` field takes these words and no others. */
  readonly values?: readonly string[];
};

export type Template = {
  readonly id: string;
  readonly kind: 'template' | 'subscription';
  readonly title: string;
  readonly fields: readonly Field[];
};

const field = (key: string, label: string, ...values: readonly string[]): Field =>
  values.length > 0 ? { key, label, values } : { key, label };

/** 类目模板: chosen by their short number, with the keywords one wants of these. */
export const library: readonly { shortId: string; title: string; fields: readonly Field[] }[] = [
  {
    shortId: '43001',
    title: '消费奖励到账通知',
    fields: [
      field('amount1', '消费金额'),
      field('thing2', '消费门店'),
      field('thing3', '本次获得'),
      field('time4', '消费时间'),
      field('character_string5', '订单编号'),
    ],
  },
  {
    shortId: '43002',
    title: '商品用完提醒',
    fields: [
      field('thing1', '会员'),
      field('thing2', '商品'),
      field('date3', '预计用完'),
      field('thing4', '温馨提示'),
    ],
  },
  {
    shortId: '43003',
    title: '退货处理通知',
    fields: [
      field('amount1', '退款金额'),
      field('thing2', '退货门店'),
      field('thing3', '收回奖励'),
      field('time4', '退货时间'),
      field('const5', '处理结果', '已退款', '已换货', '已拒绝'),
    ],
  },
  {
    shortId: '43004',
    title: '优惠券到期提醒',
    fields: [field('thing1', '优惠券'), field('date2', '到期日期'), field('thing3', '适用门店')],
  },
  {
    shortId: '43005',
    title: '待办事项提醒',
    fields: [
      field('thing1', '事项'),
      field('name2', '会员'),
      field('thing3', '说明'),
      field('time4', '截止时间'),
    ],
  },
  {
    shortId: '43006',
    title: '会员注册成功通知',
    fields: [
      field('name1', '会员姓名'),
      field('character_string2', '会员卡号'),
      field('phone_number3', '手机号'),
      field('time4', '注册时间'),
    ],
  },
  {
    shortId: '43007',
    title: '客户留言提醒',
    fields: [field('thing1', '客户'), field('thing2', '留言内容'), field('thing3', '温馨提示')],
  },
  {
    shortId: '43008',
    title: '会员生日提醒',
    fields: [
      field('thing1', '会员'),
      field('date2', '生日'),
      field('thing3', '门店'),
      field('thing4', '温馨提示'),
    ],
  },
  {
    shortId: '43009',
    title: '提现待确认通知',
    fields: [
      field('amount1', '提现金额'),
      field('character_string2', '提现单号'),
      field('thing3', '温馨提示'),
    ],
  },
  {
    shortId: '43010',
    title: '入会成功通知',
    fields: [field('thing1', '门店'), field('thing2', '入会礼')],
  },
  {
    shortId: '43011',
    title: '积分到期提醒',
    fields: [
      field('thing1', '店名'),
      field('character_string2', '到期积分'),
      field('date3', '到期日期'),
      field('thing4', '温馨提示'),
    ],
  },
  {
    shortId: '43012',
    title: '活动变更通知',
    fields: [field('thing1', '店名'), field('thing2', '活动'), field('thing3', '变更内容')],
  },
  {
    shortId: '43013',
    title: '服务人员变更通知',
    fields: [field('thing1', '原服务人员'), field('thing2', '新服务人员'), field('thing3', '温馨提示')],
  },
  {
    shortId: '43018',
    title: '商品更换提醒',
    fields: [
      field('thing1', '会员'),
      field('thing2', '商品'),
      field('thing3', '更换为'),
      field('date4', '更换日期'),
    ],
  },
];

const chosen = (id: string, shortId: string, ...keys: readonly string[]): Template => {
  const found = library.find((template) => template.shortId === shortId);
  if (found === undefined) throw new Error(`The library has no template ${shortId}.`);
  const fields = found.fields.filter(({ key }) => keys.length === 0 || keys.includes(key));
  return { id, kind: 'template', title: found.title, fields };
};

/** What the demo account has chosen before anybody calls; the last two are for 订阅通知. */
export const firstTemplates: readonly Template[] = [
  chosen('TMPL_SALE_EARNED', '43001', 'amount1', 'thing2', 'thing3', 'time4'),
  chosen('TMPL_RUN_OUT', '43002'),
  chosen('TMPL_RETURNED', '43003', 'amount1', 'thing2', 'thing3', 'time4'),
  chosen('TMPL_COUPON_ENDING', '43004'),
  chosen('TMPL_TASK', '43005'),
  chosen('TMPL_MESSAGE', '43007'),
  chosen('TMPL_BIRTHDAY', '43008'),
  chosen('TMPL_WITHDRAWAL', '43009'),
  chosen('TMPL_JOINED', '43010'),
  chosen('TMPL_POINTS', '43011'),
  chosen('TMPL_TAKEN_BACK', '43012'),
  chosen('TMPL_ASSOCIATE', '43013'),
  chosen('TMPL_STAGE_UP', '43018'),
  { ...chosen('SUBS_RUN_OUT', '43002'), kind: 'subscription' },
  { ...chosen('SUBS_COUPON_ENDING', '43004'), kind: 'subscription' },
];

type Row = { id: string; kind: Template['kind']; title: string; fields: string };

/** Written by us alone, from the library above. */
const templateIn = ({ fields, ...row }: Row): Template => ({ ...row, fields: JSON.parse(fields) as Field[] });

export async function templateOf(
  db: D1Database,
  kind: Template['kind'],
  id: string,
): Promise<Template | null> {
  const row = await db
    .prepare('SELECT id, kind, title, fields FROM templates WHERE kind = ? AND id = ?')
    .bind(kind, id)
    .first<Row>();
  return row === null ? null : templateIn(row);
}

export async function listTemplates(db: D1Database, kind: Template['kind']): Promise<readonly Template[]> {
  const { results } = await db
    .prepare('SELECT id, kind, title, fields FROM templates WHERE kind = ? ORDER BY rowid')
    .bind(kind)
    .all<Row>();
  return results.map(templateIn);
}

export const cardOf = ({ id, title, fields }: Template): Card => ({
  templateId: id,
  title,
  labels: fields.map(({ key, label }) => ({ key, label })),
});
