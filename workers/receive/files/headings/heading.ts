/** 表头: what a heading is called without its brackets, and whether what they say leaves its values what they are. */
import { seen } from '../../../../schema/index.ts';
import * as cells from '../cells.ts';

/** The kind of a column's values says what its brackets may say. */
type Kinded = { readonly kind: cells.CellKind };

/** `金额（元）`, `金额(元)` and `Amount Fen` are read without regard to width, case, spaces and underscores. */
export const plain = (heading: string): string =>
  seen(heading.normalize('NFKC'))
    .toLowerCase()
    .replaceAll(/[\s_\-*:]/g, '');

const inBrackets = /\(([^()]*)\)|\[([^[\]]*)\]|【([^【】]*)】|<([^<>]*)>/g;

/** `销售时间(必填)` is 销售时间. */
export const bare = (name: string): string =>
  name.replaceAll(inBrackets, '').replace(/(?:必填|选填|可不填|required)$/, '');

/** What is said in its brackets, piece by piece. */
export const remarksOf = (name: string): string[] =>
  [...name.matchAll(inBrackets)].flatMap(([, ...groups]) =>
    groups.flatMap((inner) => (inner ?? '').split(/[,，、;；/|。.]/).filter(Boolean)),
  );

const yuan = new Set(['元', '人民币', '人民币元', '¥', 'rmb', 'cny', 'yuan', 'rmb元', 'cny元', '¥元']);
const fen = new Set(['分', '人民币分', 'fen']);
/** What leaves an amount what it is. */
const harmless = new Set([
  '必填',
  '选填',
  '可不填',
  'required',
  'optional',
  '含税',
  '含税价',
  '价税合计',
  '实收',
  '实付',
  '折后',
  '优惠后',
  '折扣后',
  '含运费',
  '整单',
  '单品',
  '每行',
  '本行',
  '合计',
  '数字',
  '数值',
  '两位小数',
  '保留两位小数',
  '精确到分',
]);

export const isMoney = ({ kind }: Kinded): boolean => kind === cells.fenOfYuan || kind === cells.fen;

/**
 * The unit in which brackets say that the column is: null where they say one that is not known. Whatever stands in the brackets of
 * an amount must be known to leave it what it is: nobody can list all the currencies that it might be in.
 */
export function unitOf(column: Kinded, remarks: readonly string[]): 'own' | 'fen' | null {
  const said = remarks.map((remark) =>
    remark.replace(/^(?:金额|货币|币种)?单位(?:为|是)?|^币种(?:为|是)?/, ''),
  );
  if (column.kind === cells.quantity) return said.some((one) => /^[万千百]/.test(one)) ? null : 'own';
  if (!isMoney(column)) return 'own';
  const own = column.kind === cells.fen ? fen : yuan;
  const isFen = said.some((one) => fen.has(one));
  if (isFen && said.some((one) => yuan.has(one))) return null;
  const isKnown = said.every((one) => own.has(one) || fen.has(one) || harmless.has(one));
  if (!isKnown) return null;
  return isFen ? 'fen' : 'own';
}
