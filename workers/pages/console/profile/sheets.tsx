/** 档案和在用, on a member's page: whoever stands at a till sees what a child uses; the file itself is the office's. */
import { defaultTimezone } from '../../../../schema/index.ts';
import { fileShown } from '../../../commands/profile/file.ts';
import { identitiesOf } from '../../../db/members/look-up.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { localDate } from '../../../decide/plain/dates.ts';
import { usesOf } from '../../../decide/profile/uses.ts';
import { cardsIn, fileFacts, inUseFacts } from '../../profile/facts.ts';
import { office } from '../kit/nav.ts';
import { moment } from '../kit/format.ts';
import { Facts, Sheet, type Fact } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';

export async function profileSheets(visit: Visit, found: MemberHoldings, own: string) {
  const { db, deps, now, person } = visit;
  const { member } = found;
  const isOffice = isOneOf(person, office);
  const [keys, settings, file] = await Promise.all([
    identitiesOf(db, member.id),
    readSettings(db),
    isOffice ? fileShown(deps.engine, found) : null,
  ]);
  const uses = usesOf(member.children, settings.useStages, localDate(now, defaultTimezone));
  const cards = cardsIn(keys);
  const facts: Fact[] = [
    ...(cards === '' ? [] : [['会员卡号', cards] as const]),
    ...inUseFacts(uses, isOffice),
    ...(file ? fileFacts(file) : []),
    ...(file?.idNumber
      ? [['身份证号', `${file.idNumber}（${moment(file.idConsentAt ?? 0, now)} 同意）`] as const]
      : []),
  ];
  const mayFileId = isOffice && (settings.memberFile.idNumber || file?.idNumber != null);
  if (facts.length === 0 && !mayFileId) return null;
  return (
    <Sheet title="档案">
      <Facts facts={facts} />
      {mayFileId && (
        <p class="buttons">
          <a class="button" href={`${own}/id-number`}>
            登记身份证号
          </a>
        </p>
      )}
    </Sheet>
  );
}
