/** 会员: found by phone, card, part of a name or the last four digits, in one field. */
import type { IdentityKey } from '../../../../schema/index.ts';
import { findByNumbers, lookThrough, type Found } from '../../../db/members/look-up.ts';
import { listSources } from '../../../db/sources/registered-sources.ts';
import { plainPhone } from '../../../decide/plain/phones.ts';
import { count, maskedPhone, moment, money } from '../kit/format.ts';
import { counter } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { storesOf, type Visit } from '../kit/visit.ts';

export const membersPath = '/console/members';
const pageSize = 50;
const sourcesMax = 100;
const textLengthMax = 60;

/** A phone is shown in full where somebody has to call it. */
export const phoneFor = ({ person }: Visit, phone: string | null): string => {
  if (phone === null) return '没有';
  return person.role === 'owner' || person.role === 'manager' ? phone : maskedPhone(phone);
};

async function search(
  visit: Visit,
  text: string,
  level: string | null,
): Promise<{ items: readonly Found[]; next: string | null }> {
  const stores = storesOf(visit.person);
  const after = visit.query.get('after') ?? '';
  if (text !== '' && after === '') {
    const found = await findByNumbers(visit.db, await numbersIn(visit, text), stores);
    if (found.length > 0) return { items: found, next: null };
  }
  return lookThrough(visit.db, text === '' ? null : text, { stores, level, after, limit: pageSize });
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
    const text = (visit.query.get('q') ?? '').trim().slice(0, textLengthMax);
    const level = visit.query.get('level')?.trim() || null;
    const { items, next } = await search(visit, text, level);
    return {
      lead: '填手机号、会员卡号、称呼里的字，或手机尾号。',
      body: (
        <Sheet>
          <form class="filters" method="get" action={membersPath}>
            <div class="field">
              <label for="q">找会员</label>
              <input id="q" name="q" value={text} autofocus />
            </div>
            <div class="field short">
              <label for="level">等级</label>
              <input id="level" name="level" value={level ?? ''} />
            </div>
            <button class="first">查找</button>
          </form>
          <Table
            caption={text === '' ? '全部会员' : `找“${text}”`}
            rows={items}
            empty={
              <>
                <p>没有找到。</p>
                <p>会员第一次消费，或在微信里注册，就会出现在这里。</p>
              </>
            }
            next={next === null ? null : asked(membersPath, { q: text, level, after: next })}
            columns={[
              {
                label: '称呼',
                show: ({ member }) => <a href={`${membersPath}/${member.id}`}>{member.name ?? '没有填'}</a>,
              },
              { label: '手机', show: ({ member }) => phoneFor(visit, member.phone) },
              { label: '等级', show: ({ member }) => member.level ?? '' },
              { label: '积分', show: ({ points }) => count(points), isNumber: true },
              { label: '消费（元）', show: ({ member }) => money(member.spentFen), isNumber: true },
              {
                label: '最近一次',
                show: ({ member }) => (member.lastAt === null ? '' : moment(member.lastAt, visit.now)),
              },
            ]}
          />
        </Sheet>
      ),
    };
  },
});
