/** 导购发的券: by whom, and of how many it was taken, used and reclaimed. */
import { fromNewest } from '../../../db/paging.ts';
import { listedMax, listPushes } from '../../../db/coupons/pushes.ts';
import { count, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';

const path = '/console/pushes';

export const pushScreen = screen({
  path,
  title: '导购发券',
  who: office,
  get: async ({ db, now, query }) => {
    const at = Number(query.get('before')) || fromNewest.at;
    const before = { at, id: query.get('id') ?? fromNewest.id };
    const rows = await listPushes(db, { associateId: null, before, limit: listedMax }, now);
    const last = rows.length === listedMax ? rows.at(-1) : undefined;
    return {
      lead: '哪些券导购可以发、每人几张，在券的“每位导购可以发”里填。没领的到期自动收回，名额还给导购。',
      body: (
        <Sheet>
          <Table
            caption="最近的在上面"
            rows={rows}
            empty="还没有导购发过券。"
            next={last ? asked(path, { before: String(last.push.at), id: last.push.id }) : null}
            columns={[
              { label: '时间', show: ({ push: { at } }) => moment(at, now) },
              { label: '导购', show: ({ associateName }) => associateName },
              { label: '券', show: ({ templateName }) => templateName },
              { label: '方式', show: ({ push: { mode } }) => (mode === 'direct' ? '直接发' : '自己领') },
              { label: '发给', isNumber: true, show: ({ pushed }) => count(pushed) },
              { label: '领了', isNumber: true, show: ({ claimed }) => count(claimed) },
              { label: '用了', isNumber: true, show: ({ used }) => count(used) },
              { label: '收回', isNumber: true, show: ({ reclaimed }) => count(reclaimed) },
            ]}
          />
        </Sheet>
      ),
    };
  },
});
