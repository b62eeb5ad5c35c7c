/** 档案的列: what another system kept of a member besides; identity numbers are not taken. */
import { educations, incomes, MemberFileFields, sexes } from '../../../../schema/index.ts';
import * as cells from '../cells.ts';
import type { Column } from '../columns.ts';

/** As people and programs write them. */
const sexWords: Readonly<Record<string, string>> = {
  女: 'female',
  女士: 'female',
  女性: 'female',
  f: 'female',
  男: 'male',
  先生: 'male',
  男性: 'male',
  m: 'male',
};
const educationWords: Readonly<Record<string, string>> = {
  小学: 'primary',
  初中: 'middle',
  高中: 'high',
  中专: 'high',
  大专: 'college',
  专科: 'college',
  本科: 'bachelor',
  大学: 'bachelor',
  学士: 'bachelor',
  硕士: 'master',
  研究生: 'master',
  博士: 'master',
};
const incomeWords: Readonly<Record<string, string>> = {
  '3000以下': 'under-3000',
  '2万以上': 'over-20000',
  '20000以上': 'over-20000',
};

/** One of few; a secret is no answer either. */
const choice =
  (values: readonly string[], words: Readonly<Record<string, string>>, said: string): cells.CellKind =>
  (cell) => {
    const plain = cell
      .trim()
      .toLowerCase()
      .replaceAll(/[元\s]/g, '')
      .replaceAll(/[—–~至]/g, '-');
    if (/^(保密|未知|不详|无|0|-)$/.test(plain)) return { ok: true, value: '' };
    const value = words[plain] ?? plain;
    return values.includes(value)
      ? { ok: true, value }
      : { ok: false, why: `“${cell.slice(0, 20)}”不认得：${said}` };
  };

const limited =
  (field: 'address' | 'occupation' | 'remark' | 'postcode', said: string): cells.CellKind =>
  (cell) =>
    MemberFileFields.shape[field].safeParse(cell).success
      ? { ok: true, value: cell.trim() }
      : { ok: false, why: said };

export const fileColumns: readonly Column[] = [
  {
    key: 'sex',
    heading: '性别',
    aliases: ['会员性别', 'gender'],
    kind: choice(sexes, sexWords, '写“女”或“男”，不知道就空着'),
    example: '女',
  },
  {
    key: 'address',
    heading: '地址',
    aliases: ['会员地址', '联系地址', '家庭住址', '住址', '详细地址', '通讯地址'],
    kind: limited('address', '地址超过 200 字'),
    example: '天河路1号',
  },
  {
    key: 'postcode',
    heading: '邮编',
    aliases: ['邮政编码', 'zip', 'zipcode'],
    kind: limited('postcode', '邮编是 6 位数字'),
    example: '510620',
  },
  {
    key: 'occupation',
    heading: '职业',
    aliases: ['会员职业', 'job'],
    kind: limited('occupation', '职业超过 40 字'),
    example: '教师',
  },
  {
    key: 'income',
    heading: '月收入',
    aliases: ['收入', '收入水平'],
    kind: choice(incomes, incomeWords, '写“3000以下”“3000-5000”“5000-10000”“10000-20000”或“20000以上”'),
    example: '5000-10000',
  },
  {
    key: 'education',
    heading: '学历',
    aliases: ['文化程度', '教育程度'],
    kind: choice(educations, educationWords, '写“小学”“初中”“高中”“大专”“本科”或“硕士”'),
    example: '本科',
  },
  {
    key: 'remark',
    heading: '备注',
    aliases: ['会员备注', '客户备注', 'memo', 'note'],
    kind: limited('remark', '备注超过 500 字'),
    example: '周末有空',
  },
];
