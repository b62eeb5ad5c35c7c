/** 合计: which line of a table sums up others: by its word, where it has no head of its own, whatever else it fills. */
import { seen } from '../../../../schema/index.ts';

/** Columns that no line of data leaves empty, and those of an order's head that the rows below it carry on. */
type Places = { readonly required: readonly number[]; readonly heads: readonly number[] };

/**
 * A line that carries on the order above it and says 合计 in a whole cell is none of its goods. With a head of its own it may be a
 * product called Total; but no order and no product is called 小计. A line that lacks what every line of data has may say it less
 * plainly.
 */
export function isTotal(cells: readonly string[], { required, heads }: Places): boolean {
  if (required.length === 0) return begins.test(cells.find((cell) => cell !== '') ?? '');
  const filled = (place: number): boolean => /[\p{L}\p{N}]/u.test(cells[place] ?? '');
  if (!required.every(filled))
    return cells.some((cell) => isShort(cell) && (begins.test(cell) || ofName.test(cell) || isWhole(cell)));
  const own = [...heads, ...required].map((place) => cells[place] ?? '');
  if (own.some((cell) => isShort(cell) && chinese.test(seen(cell)))) return true;
  if (heads.every(filled)) return false;
  return cells.some(isWhole) || own.some((cell) => isShort(cell) && ofName.test(cell));
}

const lengthMax = 60;
const isShort = (cell: string): boolean => cell.length > 1 && cell.length <= lengthMax;

const of = '(?:本页|当页|本日|当日|本店|全店|全部|分店|门店|本单|该单|整单|订单|单据|销售|金额|数量)?';
const word =
  '(?:合\\s*[计計]|[总總]\\s*[计計]|小\\s*[计計]|累\\s*[计計]|共\\s*[计計]|汇\\s*总|[总總]\\s*合\\s*[计計])';
const english = '(?:(?:sub|grand)[ -]?)?total|sum';
const open = '^[[(【（]?\\s*';
/** 合计：3 单, [Total] 5; the beginning says it. */
const begins = new RegExp(`${open}${of}\\s*(?:${word}|${english})(?:$|\\s*[\\])】）:：(（\\s])`, 'i');
/** What may follow in the cell: a bracket or colon, and figures. */
const rest = '\\s*[\\])】）]?\\s*[:：]?\\s*(?:[(（][^()（）]{0,20}[)）]|[¥￥]?[\\d.,]{0,15}\\s*元?)$';
const chinese = new RegExp(`${open}${of}\\s*${word}${rest}`);
const whole = new RegExp(`${open}${of}\\s*(?:${word}|${english})\\s*[\\])】）]?\\s*[:：]?$`, 'i');
/** 共2种3件. */
const counted =
  /^[[(【（]?共\s*[\d,.]{1,12}\s*[种件笔单個个项条行款份张](?:商品|货品|[\s,，、/]*(?:共?\s*[\d,.]{1,12}\s*[种件笔单個个项条行款份张元])){0,3}[\])】）]?$/;
/** 天河店 合计. */
const ofName = /^.{1,30}(?:合\s?计|小\s?计|总\s?计)[:：]?$/;

function isWhole(cell: string): boolean {
  const text = isShort(cell) ? seen(cell).trim() : '';
  return text !== '' && (whole.test(text) || chinese.test(text) || counted.test(text));
}
