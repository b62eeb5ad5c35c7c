/** 刚并进来的: who was merged into a member within the day in which it can be undone. */
import type { Child } from 'hono/jsx';
import type { MemberId } from '../../../../schema/index.ts';
import { mergersInto } from '../../../db/members/mergers.ts';
import { splitWithinMs } from '../../../decide/on/members/merging.ts';
import { maskedPhone, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { membersPath } from './list.tsx';

export async function recentMergers(visit: Visit, id: MemberId): Promise<Child> {
  if (!isOneOf(visit.person, office)) return null;
  const all = await mergersInto(visit.db, id, visit.now - splitWithinMs);
  if (all.length === 0) return null;
  return (
    <Sheet title="刚并进来的" note="一天之内可以拆开">
      <Table
        caption="最近的在上面"
        rows={all}
        empty=""
        columns={[
          { label: '称呼', show: ({ parted }) => parted.from.name ?? '没有填' },
          {
            label: '手机',
            show: ({ parted: { from } }) => (from.phone === null ? '没有' : maskedPhone(from.phone)),
          },
          { label: '合并', show: ({ at }) => moment(at, visit.now) },
          {
            label: '',
            show: ({ fromId }) => (
              <a href={asked(`${membersPath}/${id}/split`, { from: fromId })}>并错了，拆开</a>
            ),
          },
        ]}
      />
    </Sheet>
  );
}
