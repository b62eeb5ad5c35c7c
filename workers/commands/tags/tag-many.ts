/** 给多位会员打标签: put on, taken off, copied or moved, for a list of members or for all who wear a tag. */
import * as z from 'zod';
import {
  MemberId,
  TagWord,
  type StoreId,
  type TagAudience,
  type Tagging,
  type TagJob,
} from '../../../schema/index.ts';
import { insertTagJob, recountJob } from '../../db/tags/tag-jobs.ts';
import type { Draft } from '../draft.ts';

/** Of a list; whoever wears a tag may be any number. */
const tagListMax = 1_000;

const TagListed = z.array(MemberId).min(1).max(tagListMax);

export const TagMoveInput = z
  .strictObject({
    from: TagWord.meta({ description: 'Only those who wear it.', example: '蕾丝' }),
    to: TagWord.meta({ description: 'What they get.', example: '基础款' }),
    memberIds: TagListed.nullable().default(null).meta({
      description: 'Of these; left out, all who wear it.',
    }),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must be another tag' });

export const TagPutInput = z.strictObject({ tag: TagWord, memberIds: TagListed });

/** 复制 leaves the old one, 移动 takes it off. */
export const copying = (from: string, to: string): Tagging => ({ put: [to], off: [], from });
export const moving = (from: string, to: string): Tagging => ({ put: [to], off: [from], from });
export const putting = (tag: string): Tagging => ({ put: [tag], off: [], from: null });
export const taking = (tag: string): Tagging => ({ put: [], off: [tag], from: null });

type Drawer = { readonly by: string; readonly storeIds: readonly StoreId[] | null };

type Asked = {
  readonly tagging: Tagging;
  readonly audience: TagAudience;
  /** Where whoever asks has a name for it; the same job is then begun once. */
  readonly id?: string;
};

export function drawTagJob(asked: Asked, { by, storeIds }: Drawer, now: number): Draft<TagJob> {
  const row: TagJob = { ...recountJob(by, now), ...asked, storeIds };
  return { row, statements: [insertTagJob(row)], rings: 'jobsBell' };
}
