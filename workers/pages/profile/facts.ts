/** 档案和在用的说法, for the office and for associates alike. */
import type { IdentityKey } from '../../../schema/index.ts';
import type { FileShown } from '../../commands/profile/file.ts';
import type { InUse } from '../../decide/profile/uses.ts';
import { educationNames, goodsNames, incomeNames, sexNames } from '../../words/file.ts';

type Line = readonly [label: string, value: string];

/** What is not known is left out. Name and birthday stand elsewhere. */
export function fileFacts(file: FileShown): Line[] {
  const { sex, address, postcode, occupation, income, education, remark } = file;
  const lines: readonly (readonly [string, string | null])[] = [
    ['性别', sex && sexNames[sex]],
    ['地址', address && `${address}${postcode === null ? '' : `，${postcode}`}`],
    ['邮编', address === null ? postcode : null],
    ['职业', occupation],
    ['月收入', income && incomeNames[income]],
    ['学历', education && educationNames[education]],
    ['备注', remark],
  ];
  return lines.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
}

/** “3段，467 天后换 4段”; whoever may not see birthdays sees no days. */
export const inUseFacts = (uses: readonly InUse[], hasDays: boolean): Line[] =>
  uses.map(({ goods, name, born, stage, next, isByHand }) => [
    `${goodsNames[goods]}${hasDays && uses.some((one) => one.born !== born) ? `（${name ?? born}）` : ''}`,
    `${stage ?? '还不用'}${next ? `，${hasDays ? `${next.days} 天后` : '以后'}换 ${next.stage}` : ''}${isByHand ? '（会员说的）' : ''}`,
  ]);

export const cardsIn = (keys: readonly IdentityKey[]): string =>
  [
    ...new Set(
      keys.filter((key) => key.startsWith('card:')).map((key) => key.slice(key.lastIndexOf(':') + 1)),
    ),
  ].join('、');
