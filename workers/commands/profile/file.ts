/** 会员档案: looked at and changed; the identity number is sealed before anything else sees it, and leaves here only masked. */
import type { FileWritten, MemberFileFields, MemberId } from '../../../schema/index.ts';
import { readMember, type MemberHoldings } from '../../db/members/members.ts';
import { readFile } from '../../db/profile/member-files.ts';
import { readSettings } from '../../db/shop/settings.ts';
import type { FiledNow } from '../../decide/profile/member-file.ts';
import { idMiss, maskIdNumber, plainIdNumber, type IdMiss } from '../../decide/profile/id-number.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Engine } from '../../engine/engine.ts';
import { openText, sealText } from '../../engine/sealed-text.ts';
import { editMember } from '../members/edit.ts';

const cause = 'member-file/id-number';

export type FileShown = MemberFileFields & {
  readonly name: string | null;
  readonly birthdayOn: string | null;
  /** Masked. */
  readonly idNumber: string | null;
  readonly idConsentAt: number | null;
};

export type FileChange = {
  readonly [Field in keyof MemberFileFields]?: MemberFileFields[Field] | undefined;
} & {
  readonly name?: string | null | undefined;
  readonly birthdayOn?: string | null | undefined;
  /** As it is typed. */
  readonly idNumber?: string | null | undefined;
};

/** What she is shown as, with her name and birthday, which lie with her. */
export async function fileShown(engine: Engine, { member }: MemberHoldings): Promise<FileShown> {
  const { sealed, ...fields } = await readFile(engine.db, member.id);
  const { name, birthdayOn } = member;
  return { name, birthdayOn, ...fields, ...(await masked(engine, sealed)) };
}

async function masked(
  engine: Engine,
  sealed: FiledNow['sealed'],
): Promise<Pick<FileShown, 'idNumber' | 'idConsentAt'>> {
  if (!sealed) return { idNumber: null, idConsentAt: null };
  const opened = await openText(engine, { cause, of: sealed.for }, sealed.text);
  return { idNumber: maskIdNumber(opened ?? '****'), idConsentAt: sealed.consentAt };
}

export type FileChanged =
  /** Of both only what was asked to change. */
  | { readonly before: Partial<FileShown>; readonly after: Partial<FileShown>; readonly shown: FileShown }
  | { readonly idMiss: IdMiss | 'off' }
  | { readonly refusal: Refusal }
  | { readonly undecided: true };

type Asked = { readonly key: string; readonly found: MemberHoldings; readonly change: FileChange };

/**
 * What is left out stays; null empties it. Repeated with the same `key`, it is the same change. An identity number only where the
 * shop has switched it on, and whoever calls has the member's consent; it is taken away always.
 */
export async function changeFile(
  engine: Engine,
  { key, found, change }: Asked,
  now: number,
): Promise<FileChanged> {
  const memberId: MemberId = found.member.id;
  const { name, birthdayOn, idNumber, ...fields } = change;
  const sealed = idNumber === undefined ? {} : await sealedOf(engine, { memberId, idNumber }, now);
  if ('idMiss' in sealed) return sealed;
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const file: FileWritten = { ...Object.fromEntries(given), ...sealed };
  const was = await fileShown(engine, found);
  const done = await editMember(
    engine,
    {
      key,
      memberId,
      change: {
        ...(name !== undefined && { name }),
        ...(birthdayOn !== undefined && { birthdayOn }),
        ...(Object.keys(file).length > 0 && { file }),
      },
    },
    now,
  );
  if (!('holdings' in done)) return done;
  const shown = await fileShown(engine, (await readMember(engine.db, memberId)) ?? done.holdings);
  const asked = [...Object.keys(change), ...(idNumber === undefined ? [] : ['idConsentAt'])];
  const only = (shownThen: FileShown): Partial<FileShown> =>
    Object.fromEntries(Object.entries(shownThen).filter(([field]) => asked.includes(field)));
  return { before: only(was), after: only(shown), shown };
}

type Sealing = { readonly memberId: MemberId; readonly idNumber: string | null };

async function sealedOf(
  engine: Engine,
  { memberId, idNumber }: Sealing,
  now: number,
): Promise<FileWritten | { readonly idMiss: IdMiss | 'off' }> {
  if (idNumber === null) return { idSealed: null, idConsentAt: null };
  const { memberFile } = await readSettings(engine.db);
  if (!memberFile.idNumber) return { idMiss: 'off' };
  const number = plainIdNumber(idNumber);
  const miss = idMiss(number);
  if (miss) return { idMiss: miss };
  return { idSealed: await sealText(engine, { cause, of: memberId }, number), idConsentAt: now };
}
