/** 粘贴的表格: lines as Excel copies them, or a CSV has them: the store, how many, how much. */
import type { Store, StoreTotals } from '../../../../schema/index.ts';
import { fenOf } from '../../../decide/plain/yuan.ts';
import type { Problem } from '../../../platform/problem.ts';

/** A comma stands in an amount, too: then it is quoted, or the cells are apart by tabs. */
function cellsIn(line: string): string[] {
  if (line.includes('\t')) return line.split('\t').map((cell) => cell.trim());
  const cells = line.matchAll(/(?:^|[,，])\s*(?:"([^"]*)"|([^,，]*))/g);
  return [...cells].map(([, quoted, plain = '']) => (quoted ?? plain).trim());
}

const wholeOf = (text: string): number | null =>
  /^\d{1,9}$/.test(text.replaceAll(',', '')) ? Number(text.replaceAll(',', '')) : null;

/** `stores` are those that somebody may speak for. */
export function pastedTotals(text: string, stores: readonly Store[]): StoreTotals[] | Problem {
  const found: StoreTotals[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [where = '', many = '', much = ''] = cellsIn(line);
    if (line.trim() === '' || (index === 0 && !/\d/.test(many))) continue;
    const store = stores.find(({ id }) => id === where) ?? stores.find(({ name }) => name === where);
    const [orders, paidFen] = [wholeOf(many), fenOf(much)];
    if (!store || orders === null || paidFen === undefined)
      return {
        status: 422,
        code: 'pasted_line',
        field: 'pasted',
        detail: line,
        numbers: { line: index + 1 },
      };
    found.push({ id: store.id, orders, paidFen });
  }
  return found;
}
