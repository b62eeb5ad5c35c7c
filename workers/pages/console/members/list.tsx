/** 会员: found by phone, card, part of a name or the last four digits, in one field. */
import type { IdentityKey } from '../../../../schema/index.ts';
import type { Found } from '../../../db/members/level-filter.ts';
import { findByNumbers, lookThrough } from '../../../db/members/look-up.ts';
import { listSources } from '../../../db/sources/registered-sources.ts';
import { progressOf } from '../../../decide/levels/progress.ts';
import { heldPoints } from '../../../decide/money/held.ts';
import { tagOfGroup } from '../../../decide/tags/worn.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { plainPhone } from '../../../decide/plain/phones.ts';
import { count, maskedPhone, moment, money } from '../kit/format.ts';
import { csvResponse, Download, type CsvColumn } from '../kit/csv.tsx';
import { counter, office } from '../kit/nav.ts';
import { asked, Sheet, Table, type Column } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { isOneOf, storesOf, type Visit } from '../kit/visit.ts';
import { TagMany, tickColumn } from '../tags/many-form.tsx';
import { tagShop } from '../../../views/tags.ts';
import { asQuery, captionOf, Filters, lookingFor, type Looking } from './filters.tsx';

export const membersPath = '/console/members';
const pageSize = 50;
const sourcesMax = 100;

/** A phone is shown in full where somebody has to call it. */
export const phoneFor = ({ person }: Visit, phone: string | null): string => {
  if (phone === null) return '没有';
  return person.role === 'owner' || person.role === 'manager' ? phone : maskedPhone(phone);
};

export async function searchMembers(
  visit: Visit,
  { text, level, tag, group }: Looking,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ items: readonly Found[]; next: string | null }> {
  const stores = storesOf(visit.person);
  if (text !== '' && after === '') {
    const found = await findByNumbers(visit.db, await numbersIn(visit, text), stores);
    if (found.length > 0) return { items: found, next: null };
  }
  return lookThrough(visit.db, text === '' ? null : text, {
    stores,
    level,
    tag: group === null ? tag : tagOfGroup(group),
    after,
    limit,
    now: visit.now,
  });
}

/** Whatever one person may be known by: a phone, or a number that one of the tills gave. */
export async function numbersIn({ db }: Visit, text: string): Promise<string[]> {
  const phone = plainPhone(text);
  const namespaces = new Set((await listSources(db, '', sourcesMax)).map(({ namespace }) => namespace));
  const numbers = [...namespaces].flatMap((namespace) => [
    `ext:${namespace}:${text}`,
    `card:${namespace}:${text}`,
  ]);
  const keys = [...(phone === null ? [] : [`phone:${phone}`]), ...numbers] as IdentityKey[];
  return [text, ...keys];
}

export const memberList = screen({
  path: membersPath,
  title: '会员',
  who: counter,
  get: async (visit) => {
    const looking = lookingFor(visit);
    const { text, level, tag, group } = looking;
    const after = visit.query.get('after') ?? '';
    const [{ items, next }, { groups }] = await Promise.all([
      searchMembers(visit, looking, { after, limit: pageSize }),
      tagShop(visit.db),
    ]);
    const isOffice = isOneOf(visit.person, office);
    return {
      lead: '能找：手机号、会员卡号、会员编号、称呼里的字、手机尾号、等级、标签、分组。按会员编号排；消费多少、多久没来，不能在这里排。',
      acts: isOffice && (
        <Download action={`${membersPath}/csv`} token={visit.token} query={asQuery(looking)} />
      ),
      body: (
        <Sheet>
          <Filters path={membersPath} looking={looking} groups={groups} />
          <Table
            caption={captionOf(looking)}
            rows={items}
            empty={
              <>
                <p>没有找到。</p>
                <p>会员第一次消费，或在微信里注册，就会出现在这里。</p>
              </>
            }
            next={next === null ? null : asked(membersPath, { q: text, level, tag, group, after: next })}
            columns={[...(isOffice ? [tickColumn] : []), ...columnsFor(visit)]}
          />
          {isOffice && items.length > 0 && (
            <TagMany token={visit.token} groups={groups} from={group === null ? tag : tagOfGroup(group)} />
          )}
        </Sheet>
      ),
    };
  },
});

const columnsFor = (visit: Visit): Column<Found>[] => [
  {
    label: '称呼',
    show: ({ member }) => <a href={`${membersPath}/${member.id}`}>{member.name ?? '没有填'}</a>,
  },
  { label: '手机', show: ({ member }) => phoneFor(visit, member.phone) },
  { label: '等级', show: (found) => progressOf(found, visit.now).level ?? '' },
  {
    label: '积分',
    show: ({ points }) => count(heldPoints(points, visit.now).spendable),
    isNumber: true,
  },
  { label: '消费（元）', show: ({ member }) => money(member.spentFen), isNumber: true },
  {
    label: '最近一次',
    show: ({ member }) => (member.lastAt === null ? '' : moment(member.lastAt, visit.now)),
  },
];

const csvColumns = (visit: Visit): CsvColumn<Found>[] => [
  { label: '会员编号', text: ({ member }) => member.id },
  { label: '称呼', text: ({ member }) => member.name ?? '' },
  { label: '手机', text: ({ member }) => (member.phone === null ? '' : phoneFor(visit, member.phone)) },
  { label: '等级', text: (found) => progressOf(found, visit.now).level ?? '' },
  { label: '积分', text: ({ points }) => String(heldPoints(points, visit.now).spendable) },
  { label: '消费（元）', text: ({ member }) => yuanFigure(member.spentFen) },
  {
    label: '最近一次',
    text: ({ member }) => (member.lastAt === null ? '' : moment(member.lastAt, visit.now)),
  },
];

export const memberCsv = screen({
  path: `${membersPath}/csv`,
  title: '下载会员表',
  who: office,
  post: async (visit) => {
    const looking = lookingFor(visit);
    await record(visit, { act: 'list.export', subject: '会员', before: null, after: looking });
    return csvResponse<Found, string>({
      name: '会员',
      columns: csvColumns(visit),
      first: '',
      read: (after, limit) => searchMembers(visit, looking, { after, limit }),
    });
  },
});
