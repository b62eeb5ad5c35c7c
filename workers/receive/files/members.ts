/** 会员: one row for each, with the strongest identity as key. */
import { childrenMax, memberFileFields } from '../../../schema/index.ts';
import * as cells from './cells.ts';
import type { Column, Row } from './columns.ts';
import { movingColumns } from './moving/columns.ts';
import { fileColumns } from './moving/file-columns.ts';
import { movedOf, type Moved } from './moving/moved.ts';
import { given, grouped, type FileKind, type ImportRecord } from './kind.ts';

const between = '、';

/** One for each child; what stands between them is none of the marks that stand within a date. */
const days: cells.CellKind = (cell, clock) => {
  const written = cell.split(/[、,，;；|\n]/).map((part) => part.trim());
  const read = written.filter((part) => part !== '').map((part) => cells.date(part, clock));
  const wrong = read.find((one) => !one.ok);
  if (wrong) return wrong;
  if (read.length > childrenMax) return { ok: false, why: `超过 ${childrenMax} 个宝宝` };
  return { ok: true, value: read.map((one) => (one.ok ? one.value : '')).join(between) };
};

const columns: readonly Column[] = [
  {
    key: 'externalId',
    heading: '会员编号',
    aliases: ['会员ID', '会员编码', '客户编号', 'memberId', 'customerId'],
    kind: cells.id,
    example: 'M1001',
  },
  {
    key: 'cardNo',
    heading: '会员卡号',
    aliases: ['卡号', 'card'],
    kind: cells.id,
    example: '80050011',
  },
  {
    key: 'phone',
    heading: '手机号',
    aliases: ['手机', '电话', '手机号码', '联系电话', '会员手机号', 'mobile', 'tel'],
    kind: cells.phone,
    example: '13912345487',
  },
  {
    key: 'name',
    heading: '姓名',
    aliases: ['会员姓名', '会员名称', '客户姓名', '昵称'],
    kind: cells.text,
    example: '王女士',
  },
  {
    key: 'level',
    heading: '会员等级',
    aliases: ['等级', '级别', '会员级别'],
    kind: cells.text,
    example: '金卡',
  },
  ...movingColumns,
  {
    key: 'birthday',
    heading: '生日',
    aliases: ['出生日期', '会员生日', 'birthday', 'birthdate'],
    kind: cells.date,
    example: '1990-05-20',
  },
  {
    key: 'children',
    heading: '宝宝生日',
    aliases: ['宝宝出生日期', '孩子生日', '子女生日', 'babyBirthday', 'childBirthday'],
    kind: days,
    example: '2025-05-05、2023-01-31',
  },
  ...fileColumns,
  { key: 'unionid', heading: 'UnionID', aliases: [], kind: cells.id },
  { key: 'openid', heading: 'OpenID', aliases: [], kind: cells.id },
  {
    key: 'superUntil',
    heading: '超级会员到期',
    aliases: ['付费会员到期', '到期时间', '有效期至'],
    kind: cells.instant,
    example: '2027-11-22',
  },
  {
    key: 'registeredAt',
    heading: '注册时间',
    aliases: ['开卡时间', '开卡日期', '注册日期', '建档时间', 'createdAt', 'createdDate'],
    kind: cells.instant,
    example: '2024-05-01 10:00:00',
  },
];

const identities = ['externalId', 'cardNo', 'unionid', 'openid', 'phone'] as const;

/** `externalId:M1001`; null for a row without an identity. */
function nameOf({ values }: Row): string | null {
  const strongest = identities.find((key) => values[key] !== undefined);
  return strongest === undefined ? null : `${strongest}:${String(values[strongest])}`;
}

export const members: FileKind = {
  kind: 'members',
  title: '会员',
  columns,
  isNumbered: false,
  past: 'all',
  momentHeading: '注册时间',
  together: null,
  headKeys: [],
  sameBy: identities,
  group: (rows) => {
    const named = rows.filter((row) => nameOf(row) !== null);
    const nameless = rows
      .filter((row) => nameOf(row) === null)
      .map(({ line }) => ({ line, column: null, message: '会员编号、卡号、手机号至少填一个' }));
    const groups = [...grouped(named, (row) => nameOf(row) ?? '')];
    const repeated = groups.flatMap(([name, [, ...more]]) =>
      more.map(({ line }) => ({
        line,
        column: null,
        message: `${name.slice(name.indexOf(':') + 1)} 在文件中出现了多次，只导入第一次`,
      })),
    );
    const firsts = groups.flatMap(([name, [row]]) => (row ? [{ name, row, moved: movedOf(row) }] : []));
    return {
      records: firsts.flatMap((one) => (one.moved.errors.length > 0 ? [] : [toRecord(one)])),
      errors: [...nameless, ...repeated, ...firsts.flatMap(({ moved }) => moved.errors)],
    };
  },
};

type Named = { readonly name: string; readonly row: Row; readonly moved: Moved };

function toRecord({ name, row: { line, values }, moved: { movedIn } }: Named): ImportRecord {
  const { registeredAt, children } = values;
  const own = Object.entries(values).filter(([key]) => ownKeys.has(key));
  return {
    name: `member:${name}`,
    lines: [line],
    type: 'member.created',
    occurredAt: registeredAt === undefined ? null : String(registeredAt),
    data: {
      ...given(Object.fromEntries(own)),
      ...(children !== undefined && { children: childrenOf(String(children)) }),
    },
    ...(movedIn && { movedIn }),
    takesVersion: false,
  };
}

/** What says who she is; the rest has its own place. */
const ownKeys = new Set([...identities, ...memberFileFields, 'name', 'level', 'birthday', 'superUntil']);

const childrenOf = (written: string) => written.split(between).map((birthday) => ({ birthday }));
