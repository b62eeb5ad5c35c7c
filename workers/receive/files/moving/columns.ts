/** 搬来的列: what a member had in the old system; 储值 is principal and bonus apart, for only principal is ever paid out again. */
import { openingTagsMax } from '../../../../schema/index.ts';
import * as cells from '../cells.ts';
import type { Column } from '../columns.ts';

const tagLengthMax = 30;
export const betweenTags = '、';

const tags: cells.CellKind = (cell) => {
  const read = cell
    .split(/[、,，;；|\n]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  if (read.length > openingTagsMax) return { ok: false, why: `超过 ${openingTagsMax} 个标签` };
  const long = read.find((tag) => tag.length > tagLengthMax);
  if (long !== undefined) return { ok: false, why: `标签“${long.slice(0, 10)}……”超过 ${tagLengthMax} 字` };
  return { ok: true, value: read.join(betweenTags) };
};

export const headings = {
  points: '积分',
  pointsLastOn: '积分到期',
  principalFen: '储值本金(元)',
  bonusFen: '储值赠送(元)',
  level: '会员等级',
  levelLastOn: '等级到期',
  associate: '专属导购',
} as const;

export const movingColumns: readonly Column[] = [
  {
    key: 'points',
    heading: headings.points,
    aliases: ['当前积分', '可用积分', '剩余积分', '积分余额', '会员积分', '期初积分'],
    kind: cells.points,
    example: '120',
  },
  {
    key: 'pointsLastOn',
    heading: headings.pointsLastOn,
    aliases: ['积分到期日', '积分到期时间', '积分有效期', '积分过期时间', '积分有效期至'],
    kind: cells.date,
    example: '2099-12-31',
  },
  {
    key: 'principalYuan',
    heading: headings.principalFen,
    aliases: ['储值本金', '本金', '本金余额', '储值本金余额', '充值本金', '本金账户', 'principal'],
    kind: cells.fenOfYuan,
    as: 'principalFen',
    example: '300.00',
  },
  { key: 'principalFen', heading: '储值本金(分)', aliases: [], kind: cells.fen },
  {
    key: 'bonusYuan',
    heading: headings.bonusFen,
    aliases: [
      '储值赠送',
      '储值赠金',
      '储值赠金(元)',
      '赠金',
      '赠金余额',
      '赠送余额',
      '赠送金额',
      '充值赠送',
      '赠送金',
      'bonus',
    ],
    kind: cells.fenOfYuan,
    as: 'bonusFen',
    example: '50.00',
  },
  { key: 'bonusFen', heading: '储值赠送(分)', aliases: ['储值赠金(分)'], kind: cells.fen },
  {
    key: 'levelLastOn',
    heading: headings.levelLastOn,
    aliases: ['等级到期日', '等级到期时间', '等级有效期', '等级有效期至', '级别到期'],
    kind: cells.date,
    example: '2099-12-31',
  },
  {
    key: 'tags',
    heading: '标签',
    aliases: ['会员标签', '客户标签', 'tags'],
    kind: tags,
    example: '老客、常买奶粉',
  },
  {
    key: 'associate',
    heading: headings.associate,
    aliases: ['导购', '所属导购', '归属导购', '服务导购', '导购员', '导购编号', '导购姓名', '专属顾问'],
    kind: cells.text,
    example: '',
  },
];

/** Whether it brings money or points: that is the owner's to say. */
const balances = new Set(['points', 'principalFen', 'bonusFen']);
export const isBalance = ({ key, as }: Column): boolean => balances.has(as ?? key);

/** A sum of both parts, which nobody can take apart: left out in silence it would be missed too late. */
export const isUnclearBalance = (heading: string): boolean => /余额|储值|预存|充值/.test(heading);
