/** 会员档案: what the shop has written down of a member; the identity number only masked, and only where it is switched on. */
import * as z from 'zod';
import { Day, MemberFileFields, MemberId } from '../../../schema/index.ts';
import { invalidField } from '../../commands/invalid.ts';
import { changeFile, fileShown, type FileChanged, type FileShown } from '../../commands/profile/file.ts';
import { readMember } from '../../db/members/members.ts';
import { idFaults } from '../../decide/profile/id-number.ts';
import { newId } from '../../platform/digest.ts';
import type { Problem } from '../../platform/problem.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { At, instantOrNull } from '../call/shapes.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { unknownMember } from '../members/member-view.ts';

const Answer = namedAnswer(
  'MemberFile',
  z.strictObject({
    name: z.string().nullable(),
    birthday: z.string().nullable(),
    ...MemberFileFields.shape,
    idNumber: z.string().nullable().meta({ description: 'All but the last four places are stars.' }),
    idConsentAt: At.nullable().meta({ description: 'When the member agreed that it is kept.' }),
  }),
);

const view = ({ birthdayOn: birthday, idConsentAt, ...file }: FileShown): z.infer<typeof Answer> => ({
  ...file,
  birthday,
  idConsentAt: instantOrNull(idConsentAt),
});

const common = {
  path: '/members/{id}/file',
  tag: 'Members',
  scope: 'admin',
  statuses: [200],
  params: z.strictObject({ id: MemberId }),
  answer: Answer,
} as const;

const reading = route({
  ...common,
  method: 'GET',
  summary: 'A member’s file (会员档案)',
  description: 'What no sale asks for. Of a member who was merged into another it is the other’s.',
  refusals: { 404: ['unknown_member'] },
  handle: async ({ deps, params }) => {
    const found = await readMember(deps.db, params.id);
    if (!found || found.member.deletedAt !== null) return unknownMember;
    return ok(view(await fileShown(deps.engine, found)));
  },
});

const nameMax = 60;
const Body = namedBody(
  'MemberFileInput',
  z.strictObject({
    name: z.string().trim().min(1).max(nameMax).nullable().optional().meta({ example: '周女士' }),
    birthday: Day.nullable().optional().meta({ example: '1990-05-20' }),
    ...MemberFileFields.partial().shape,
    idNumber: z
      .string()
      .trim()
      .max(40)
      .nullable()
      .optional()
      .meta({ description: '身份证号, eighteen places; null takes it away.', example: '11010519491231002X' }),
    idConsent: z
      .literal(true)
      .optional()
      .meta({ description: 'The member agreed that the number is kept. Has to stand beside idNumber.' }),
  }),
);

const changing = route({
  ...common,
  method: 'PUT',
  summary: 'Change a member’s file',
  description:
    'What is left out stays, and null empties a field. Every change is in the audit with what was before and after, without the identity number. That number needs `memberFile.idNumber` of the settings (`id_number_off`), its checksum, and `idConsent`; it is sealed, and never shown whole again.',
  refusals: { 404: ['unknown_member'], 409: ['id_number_off'], 503: ['not_decided'] },
  body: Body,
  handle: async ({ deps, params, body, now }) => {
    const { idConsent, birthday, ...change } = body;
    if (change.idNumber != null && idConsent !== true)
      return invalidField('idConsent', 'has to be true: ask the member whether the number may be kept');
    const found = await readMember(deps.db, params.id);
    if (!found || found.member.deletedAt !== null) return unknownMember;
    const asked = { ...change, ...(birthday !== undefined && { birthdayOn: birthday }) };
    const changed = await changeFile(deps.engine, { key: newId('file'), found, change: asked }, now);
    if (!('shown' in changed)) return problemOf(changed);
    const { before, after, shown } = changed;
    return { ...ok(view(shown)), audited: { before, after } };
  },
});

function problemOf(changed: Exclude<FileChanged, { shown: unknown }>): Problem {
  if ('undecided' in changed) return notDecided;
  if ('refusal' in changed) return unknownMember;
  return changed.idMiss === 'off'
    ? { status: 409, code: 'id_number_off', detail: idFaults.off }
    : invalidField('idNumber', idFaults[changed.idMiss]);
}

export const memberFileRoutes = [reading, changing];
