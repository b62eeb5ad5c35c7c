/**
 * 按等级找: who is of a level today. What is written may have been over since, and then the purchases say what follows: whoever has
 * nothing that ended is found by what is written, and only the others are worked out.
 */
import { members, type LevelSettings } from '../../../schema/index.ts';
import { progressOf, type Levelled } from '../../decide/levels/progress.ts';
import { emptyHead, type Head } from '../../decide/money/lots.ts';
import { personIn } from '../documents/member-documents.ts';
import { decodeAll } from '../set.ts';
import { fromOf } from '../shelves/rows.ts';

/** On `m`, with the parameter that is today: the level as it was written is over. */
export const hasEnded = (today: string): string =>
  `(m.level IS NOT NULL AND EXISTS (SELECT 1 FROM ${fromOf('standings')} AS e WHERE e.member_id = m.id AND e.last_on < ${today}))`;

/** On `m`: all who may be of the level. An ended one may be followed by any, also by a higher one. */
export const mayBeOf = (level: string, today: string): string => `(m.level = ${level} OR ${hasEnded(today)})`;

/** 积分 as the last posting left them; what can be spent now says `heldPoints`. */
export type Found = Levelled & { readonly points: Head };

export const foundOf = (rows: Parameters<typeof decodeAll>[1], levels: LevelSettings): Found[] =>
  decodeAll(members, rows).map(({ document, ...member }) => {
    const { heads, standing } = personIn(member.id, document);
    const headOf = (wanted: string): Head => heads.find(([account]) => account === wanted)?.[1] ?? emptyHead;
    return { member, points: headOf('points'), growth: headOf('growth').balance, standing, levels };
  });

export const isOf = (level: string, found: Levelled, now: number): boolean =>
  progressOf(found, now).level === level;
