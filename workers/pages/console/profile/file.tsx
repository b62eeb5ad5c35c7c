/** 改会员资料: her file in one form; the identity number in one of its own, where the shop has switched it on. */
import * as z from 'zod';
import { MemberFileForm } from '../../../../schema/index.ts';
import { invalidField } from '../../../commands/invalid.ts';
import { changeFile, fileShown, type FileChange, type FileChanged } from '../../../commands/profile/file.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { idFaults } from '../../../decide/profile/id-number.ts';
import { office } from '../kit/nav.ts';
import type { Visit } from '../kit/visit.ts';
import { memberAct, notDecided, problemOf, type Carried } from '../members/act-form.tsx';
import { fileWords } from '../words/forms/file.ts';

async function change(
  { deps, now }: Visit,
  found: MemberHoldings,
  asked: { readonly key: string; readonly change: FileChange },
): Promise<Carried> {
  return carriedBy(await changeFile(deps.engine, { found, ...asked }, now));
}

function carriedBy(changed: FileChanged): Carried {
  if ('undecided' in changed) return { problem: notDecided };
  if ('refusal' in changed) return { problem: problemOf(changed.refusal) };
  if ('idMiss' in changed) return { problem: invalidField('idNumber', idFaults[changed.idMiss]) };
  return { before: changed.before, after: changed.after };
}

const filing = memberAct({
  part: 'profile',
  title: '改资料',
  who: office,
  act: 'member.edit',
  schema: MemberFileForm,
  words: fileWords,
  lead: () => '收银机再报来的称呼会盖过这里的；地址、职业这些，这里填了的不会被盖掉。',
  value: async (found, { deps }) => {
    const { idNumber: _, idConsentAt: __, ...shown } = await fileShown(deps.engine, found);
    return shown;
  },
  carry: (visit, found, { input, key }) => change(visit, found, { key, change: input }),
});

export const IdNumberInput = z.strictObject({
  idNumber: z.string().trim().max(40).nullable().default(null),
  consent: z.boolean().default(false),
});

const idFiling = memberAct({
  part: 'id-number',
  title: '登记身份证号',
  who: office,
  act: 'member.edit',
  schema: IdNumberInput,
  words: fileWords,
  lead: () => '只在确实用得着的时候登记，要先问过会员本人。',
  value: () => ({}),
  carry: async (visit, found, { input: { idNumber, consent }, key }) =>
    idNumber !== null && !consent
      ? {
          problem: invalidField('consent', 'has to be true: ask the member whether the number may be kept'),
        }
      : change(visit, found, { key, change: { idNumber } }),
});

export const fileScreens = [filing, idFiling];
