/** 这周该提醒谁: whose reminders go out in the next seven days, so that the shop may call first. */
import { comingReminders, type ComingPlace } from '../../../db/upkeep/coming.ts';
import { listAssociates } from '../../../db/shop/associates.ts';
import { dayMs } from '../../../decide/plain/dates.ts';
import { office } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { moment } from '../kit/format.ts';
import { screen } from '../kit/screen.ts';
import { storesOf, type Visit } from '../kit/visit.ts';
import { membersPath, phoneFor } from '../members/list.tsx';
import { remindedOf } from '../words/promotions/reminders.ts';

const path = '/console/coming';
const pageSize = 50;
const daysAhead = 7;

function placeIn({ query, now }: Visit): ComingPlace {
  const [sendAt, setAt] = [Number(query.get('at')), Number(query.get('set'))];
  if (!query.has('at') || !Number.isSafeInteger(sendAt) || !Number.isSafeInteger(setAt))
    return [now - 1, 0, '', '', ''];
  return [sendAt, setAt, query.get('member') ?? '', query.get('plan') ?? '', query.get('subject') ?? ''];
}

const nextOf = (place: ComingPlace | null): string | null => {
  if (place === null) return null;
  const [sendAt, setAt, member, plan, subject] = place;
  return asked(path, { at: String(sendAt), set: String(setAt), member, plan, subject });
};

const coming = screen({
  path,
  title: '这周该提醒谁',
  who: office,
  get: async (visit) => {
    const { db, now, person } = visit;
    const to = now + daysAhead * dayMs;
    const [{ items, next }, associates] = await Promise.all([
      comingReminders(db, { after: placeIn(visit), to, stores: storesOf(person), limit: pageSize }),
      listAssociates(db),
    ]);
    const names = new Map(associates.map(({ id, name }) => [id, name]));
    return {
      lead: '七天内要发的提醒，最早的在上面。到时候自己会发；您也可以先打电话。按发送时间排，不能搜索。',
      body: (
        <Sheet>
          <Table
            caption="按发送时间"
            rows={items}
            empty={<p>七天内没有要提醒的。有了方案、会员买了东西，就会排上。</p>}
            next={nextOf(next)}
            columns={[
              { label: '什么时候发', show: ({ reminder }) => moment(reminder.sendAt, now) },
              {
                label: '谁',
                show: ({ member }) => <a href={`${membersPath}/${member.id}`}>{member.name ?? '没有填'}</a>,
              },
              { label: '手机', show: ({ member }) => phoneFor(visit, member.phone) },
              { label: '什么事', show: ({ reminder }) => remindedOf(reminder) },
              {
                label: '导购',
                show: ({ member: { associateId } }) =>
                  associateId === null ? '没有' : (names.get(associateId) ?? associateId),
              },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

export const comingScreens = [coming];
