/** 重复的单号: one number in several stores, on several days, at several terminals or of several members, where its source says that it is but one receipt. */
import {
  numberParts,
  type Numbering,
  type NumberPart,
  type NumberPlace,
  type SaleId,
  type Source,
} from '../../../../schema/index.ts';
import { numberingOf, numberingWith } from '../../../decide/plain/numbering.ts';
import type { Db } from '../../../db/db.ts';
import { readKeptPlaces } from '../../../db/inbox/imports.ts';
import { textIn, type Row } from '../columns.ts';
import type { ImportRecord, Reckoning, Repeat } from '../kind.ts';
import { orderNoOf, partWords, placeOf, rules } from './numbers.ts';

const parts = ['store', 'day', 'terminal'] as const;

/** What the rule tells apart is not held together. */
const untold = (numbering: Numbering): readonly NumberPart[] => {
  const told: readonly NumberPart[] = numberParts[numbering];
  return parts.filter((part) => !told.includes(part));
};

/** Within one file. */
export function repeatsIn(rows: readonly Row[], { numbering, zone }: Reckoning): Repeat[] {
  const told: readonly NumberPart[] = numberParts[numbering];
  const receipts = new Map<string, Seen>();
  for (const row of rows) {
    const place = placeOf(row, zone);
    const orderNo = orderNoOf(row);
    const key = JSON.stringify([orderNo, ...told.map((part) => place[part])]);
    const seen = receipts.get(key) ?? seenOf(orderNo);
    for (const part of parts) if (place[part]) seen[part].add(place[part]);
    const member = memberOf(row);
    if (member !== '') seen.member.add(member);
    receipts.set(key, seen);
  }
  return [...receipts.values()].flatMap((seen) => repeatsOf(seen, untold(numbering)));
}

type Seen = Readonly<Record<NumberPart | 'member', Set<string>>> & { readonly orderNo: string };

const seenOf = (orderNo: string): Seen => ({
  orderNo,
  store: new Set(),
  day: new Set(),
  terminal: new Set(),
  member: new Set(),
});

const memberOf = ({ values }: Row): string =>
  textIn(values, 'externalId') ?? textIn(values, 'cardNo') ?? textIn(values, 'phone') ?? '';

/** Several members say nothing new where the place differs as well. */
function repeatsOf(seen: Seen, among: readonly NumberPart[]): Repeat[] {
  const { orderNo } = seen;
  const found = among.flatMap((part): Repeat[] =>
    seen[part].size > 1 ? [{ orderNo, part, values: [...seen[part]].toSorted() }] : [],
  );
  if (found.length > 0 || seen.member.size < 2) return found;
  return [{ orderNo, part: 'member', values: [] }];
}

/** Against the sales that are kept: whoever wrote them, a file of yesterday or the till itself. */
export async function repeatsAgainst(
  db: Db,
  { namespace, config }: Source,
  records: readonly ImportRecord[],
): Promise<Repeat[]> {
  const among = untold(numberingOf(config));
  const receipts = records.flatMap(({ receipt }) => receipt ?? []);
  // The namespace cannot hold a colon, and the number is the one that the event will have.
  const idOf = (number: string): SaleId => `${namespace}:${number}` as SaleId;
  const kept = await readKeptPlaces(
    db,
    receipts.map(({ number }) => idOf(number)),
  );
  return receipts.flatMap(({ number, orderNo, place }) => {
    const known: NumberPlace = kept.get(idOf(number)) ?? {};
    return among.flatMap((part): Repeat[] => {
      const values = [known[part], place[part]].flatMap((value) => value ?? []);
      const [before, now] = values;
      return now === undefined || before === now ? [] : [{ orderNo, part, values }];
    });
  });
}

/** The coarsest rule that would tell them apart; null where nothing repeats. */
export function numberingFor(repeats: readonly Repeat[], numbering: Numbering): Numbering | null {
  const seen = repeats.flatMap(({ part }) => (part === 'member' ? [] : [part]));
  return seen.length === 0 ? null : numberingWith([...numberParts[numbering], ...seen]);
}

const again = { store: '每店', day: '每天', terminal: '每台收银机' } as const;
const sides = {
  file: { where: '文件里', otherwise: '不然同号的行互相矛盾，不会导入' },
  kept: {
    where: '与之前收到的销售单相比，',
    otherwise: '不然会被当成之前那张的更正：换了顾客就暂停，等人处理',
  },
} as const;

/** For the merchant, a sentence for each part. */
export function warningsOf(
  repeats: readonly Repeat[],
  numbering: Numbering,
  side: keyof typeof sides,
): string[] {
  const { where, otherwise } = sides[side];
  const rule = numberingFor(repeats, numbering) ?? 'per-terminal-day';
  return (['store', 'day', 'terminal', 'member'] as const).flatMap((part) => {
    const found = repeats.filter((repeat) => repeat.part === part);
    const [first] = found;
    if (!first) return [];
    const numbers = `${where}有 ${new Set(found.map(({ orderNo }) => orderNo)).size} 个单号`;
    const advice = `请用单号规则 ${rule}（${rules[rule]}）导入，${otherwise}。`;
    if (part === 'member')
      return [
        `${numbers}写着不同的会员（如 ${first.orderNo}）；如果编号每台收银机重新开始，请补上收银机一列，${advice}`,
      ];
    const examples = first.values.slice(0, 3).join('、');
    return [
      `${numbers}出现在不同的${partWords[part]}（如 ${first.orderNo}：${examples}），看来编号${again[part]}重新开始；如果是这样，${advice}`,
    ];
  });
}
