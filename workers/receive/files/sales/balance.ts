/** 收退: whether the rows of one number sold goods or took them back, and for how much; by their signs, as everywhere. */
import { isBack } from '../../erp/kernel/signs.ts';
import { numberIn, type Values } from '../columns.ts';
import { moreOutThanBack, soldBelowZero } from '../../../words/files/file-words.ts';
import type { Line } from './line.ts';

export type Balance =
  | { readonly kind: 'sale' | 'refund'; readonly amountFen: number }
  | { readonly kind: 'unclear'; readonly why: string };

/** What the customer owes for a line, or gets for it. */
const owedFen = (line: Line): number => (isBack(line) ? -Math.abs(line.amountFen) : line.amountFen);

/** A total below zero is a return whatever its rows are, unless the file says that it is a sale: then nobody knows what happened. */
export function balanceOf(head: Values, lines: readonly Line[]): Balance {
  const linesFen = lines.reduce((sum, line) => sum + owedFen(line), 0);
  const paidFen = numberIn(head, 'paidFen');
  const totalFen = paidFen ?? linesFen + (numberIn(head, 'shippingFen') ?? 0);
  const isReturn = totalFen < 0 || lines.every((line) => isBack(line) || line.amountFen < 0);
  if (head['type'] === 'sale' && isReturn) return { kind: 'unclear', why: soldBelowZero };
  if (head['type'] !== 'refund' && !isReturn) return { kind: 'sale', amountFen: totalFen };
  if (linesFen > 0 && lines.some(isBack)) return { kind: 'unclear', why: moreOutThanBack };
  return { kind: 'refund', amountFen: Math.abs(paidFen ?? linesFen) };
}
