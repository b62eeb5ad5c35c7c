/** 给一群会员发券: a group is chosen and counted, and nothing is given before somebody has confirmed it. */
import * as z from 'zod';
import {
  AssociateId,
  Id,
  StoreId,
  TemplateId,
  type GrantAudience,
  type GrantJob,
  type IdentityKey,
  type MemberId,
} from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { countAudience } from '../../db/coupons/grant-audience.ts';
import { insertGrantJob, readGrantJob, startGrantJob, stopGrantJob } from '../../db/coupons/grant-jobs.ts';
import { membersNumbered } from '../../db/members/look-up.ts';
import { listSources } from '../../db/sources/registered-sources.ts';
import { templatesNamed } from '../../db/shop/coupon-templates.ts';
import { plainPhone } from '../../decide/plain/phones.ts';
import { newId } from '../../platform/digest.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';
import { invalidField } from '../invalid.ts';
import { reasonMax } from './revoke.ts';

const daysMax = 730;
const countMax = 20;
/** Of a pasted list. */
const numbersMax = 2_000;
const sourcesMax = 100;

const word = z.string().trim().min(1).max(128);
const days = z.int().min(1).max(daysMax);

export const GrantJobInput = z.strictObject({
  to: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('category'), category: Id, days }),
    z.strictObject({ by: z.literal('product'), sku: Id, days }),
    z.strictObject({ by: z.literal('level'), level: word }),
    z.strictObject({ by: z.literal('tag'), tag: word }),
    z.strictObject({ by: z.literal('store'), storeId: StoreId }),
    z.strictObject({ by: z.literal('associate'), associateId: AssociateId }),
    z.strictObject({
      by: z.literal('list'),
      numbers: z
        .array(word)
        .min(1)
        .max(numbersMax)
        .meta({ description: 'Phones, cards or numbers of tills, or ids of members.' }),
    }),
  ]),
  templateId: TemplateId,
  count: z.int().min(1).max(countMax).default(1).meta({ description: 'For each of them.' }),
  reason: z.string().trim().min(2).max(reasonMax),
  tells: z.boolean().default(true).meta({
    description: 'Each who gets it is told, if they can be written to: between 9:00 and 21:00.',
  }),
});
export type GrantJobInput = z.infer<typeof GrantJobInput>;

/** Who draws it up; null sees every store. */
type Drawer = { readonly by: string; readonly storeIds: readonly StoreId[] | null };

export async function drawGrantJob(
  db: Db,
  { to, templateId, count, reason, tells }: GrantJobInput,
  { by, storeIds }: Drawer,
  now: number,
): Promise<Draft<GrantJob> | Problem> {
  const template = (await templatesNamed(db, [templateId])).get(templateId);
  if (!template) return unknownTemplate;
  const { audience, unknown } = await audienceOf(db, to);
  const group = { audience, storeIds, createdAt: now };
  const { perMember, perMemberPerDay } = template;
  const { people } = await countAudience(db, group, { templateId, count, perMember, perMemberPerDay, now });
  if (people === 0) return invalidField('to', 'there is nobody like that');
  const job: GrantJob = {
    ...group,
    id: newId('gj'),
    templateId,
    count,
    reason,
    tells,
    state: 'draft',
    by,
    people,
    unknown,
    cursor: '',
    counts: {},
    startedAt: null,
    endedAt: null,
  };
  return { row: job, statements: [insertGrantJob(job)] };
}

type Chosen = { readonly audience: GrantAudience; readonly unknown: number };

async function audienceOf(db: Db, to: GrantJobInput['to']): Promise<Chosen> {
  switch (to.by) {
    case 'category':
      return { audience: { bought: { kind: 'category', id: to.category, days: to.days } }, unknown: 0 };
    case 'product':
      return { audience: { bought: { kind: 'sku', id: to.sku, days: to.days } }, unknown: 0 };
    case 'level':
      return { audience: { level: to.level }, unknown: 0 };
    case 'tag':
      return { audience: { tag: to.tag }, unknown: 0 };
    case 'store':
      return { audience: { storeId: to.storeId }, unknown: 0 };
    case 'associate':
      return { audience: { associateId: to.associateId }, unknown: 0 };
    case 'list':
      return listed(db, to.numbers);
    default:
      return to satisfies never;
  }
}

/** A number that belongs to several people, because two tills gave it, is all of them; one of nobody is counted. */
async function listed(db: Db, pasted: readonly string[]): Promise<Chosen> {
  const numbers = [
    ...new Set(pasted.flatMap((line) => line.split(/[\s,，;；、]+/).filter((part) => part !== ''))),
  ];
  const namespaces = new Set((await listSources(db, '', sourcesMax)).map(({ namespace }) => namespace));
  const keys = numbers.flatMap((number) => keysOf(number, namespaces).map((key) => [number, key] as const));
  const found = await membersNumbered(db, keys);
  return {
    audience: { memberIds: [...new Set<MemberId>([...found.values()].flat())] },
    unknown: numbers.filter((number) => !found.has(number)).length,
  };
}

function keysOf(number: string, namespaces: ReadonlySet<string>): IdentityKey[] {
  const phone = plainPhone(number);
  const given = [...namespaces].flatMap((namespace) => [
    `ext:${namespace}:${number}`,
    `card:${namespace}:${number}`,
  ]);
  return [number, ...(phone === null ? [] : [`phone:${phone}`]), ...given] as IdentityKey[];
}

/** Of a program, which has looked at what would happen before: nobody is left to confirm it. */
export const begunAtOnce = ({ row, statements }: Draft<GrantJob>, now: number): Draft<GrantJob> => ({
  row: { ...row, state: 'running', startedAt: now },
  statements: [...statements, startGrantJob(row.id, now)],
  rings: 'jobsBell',
});

/** Confirmed once; again, it answers the same. */
export async function beginGrantJob(db: Db, id: string, now: number): Promise<GrantJob | Problem> {
  await db.batch([startGrantJob(id, now)]);
  const job = await readGrantJob(db, id);
  if (!job) return unknownJob;
  return job.state === 'stopped' ? alreadyEnded : job;
}

export async function endGrantJob(db: Db, id: string, now: number): Promise<GrantJob | Problem> {
  const before = await readGrantJob(db, id);
  if (!before) return unknownJob;
  if (before.endedAt !== null) return alreadyEnded;
  await db.batch([stopGrantJob(id, now)]);
  return (await readGrantJob(db, id)) ?? unknownJob;
}

export const unknownJob: Problem = { status: 404, code: 'unknown_grant_job', detail: 'no job has this id' };
const alreadyEnded: Problem = { status: 409, code: 'already_ended', detail: 'this job has ended already' };
const unknownTemplate: Problem = {
  status: 404,
  code: 'unknown_template',
  detail: 'no coupon template has this id',
  field: 'templateId',
};
