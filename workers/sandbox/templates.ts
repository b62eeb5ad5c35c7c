/** 模板库: the templates the demo account has chosen from WeChat's public library. */

export type Template = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly fields: readonly { readonly key: string; readonly label: string }[];
};

export const templates: readonly Template[] = [
  {
    id: 'TMPL_SALE_EARNED',
    name: 'sale-earned',
    title: '消费奖励到账通知',
    fields: [
      { key: 'amount1', label: '消费金额' },
      { key: 'thing2', label: '消费门店' },
      { key: 'thing3', label: '本次获得' },
      { key: 'time4', label: '消费时间' },
    ],
  },
  {
    id: 'TMPL_RUN_OUT',
    name: 'run-out',
    title: '商品用完提醒',
    fields: [
      { key: 'thing1', label: '会员' },
      { key: 'thing2', label: '商品' },
      { key: 'date3', label: '预计用完' },
      { key: 'thing4', label: '温馨提示' },
    ],
  },
  {
    id: 'TMPL_RETURNED',
    name: 'returned',
    title: '退货处理通知',
    fields: [
      { key: 'amount1', label: '退款金额' },
      { key: 'thing2', label: '退货门店' },
      { key: 'thing3', label: '收回奖励' },
      { key: 'time4', label: '退货时间' },
    ],
  },
  {
    id: 'TMPL_COUPON_ENDING',
    name: 'coupon-ending',
    title: '优惠券到期提醒',
    fields: [
      { key: 'thing1', label: '优惠券' },
      { key: 'date2', label: '到期日期' },
      { key: 'thing3', label: '适用门店' },
    ],
  },
  {
    id: 'TMPL_TASK',
    name: 'task',
    title: '待办事项提醒',
    fields: [
      { key: 'thing1', label: '事项' },
      { key: 'name2', label: '会员' },
      { key: 'thing3', label: '说明' },
      { key: 'time4', label: '截止时间' },
    ],
  },
];

export function templateOf(id: string): Template | null {
  return templates.find((template) => template.id === id) ?? null;
}
