/** 试一试: what a purchase would earn, and what is missing where it earns nothing. It runs what settles a real sale. */
import type { FC } from 'hono/jsx';
import type { CampaignId } from '../../../../schema/index.ts';
import { SaleData } from '../../../commands/canonical.ts';
import { simulateSale } from '../../../commands/promotions/simulate.ts';
import { firstSource } from '../../../db/sources/registered-sources.ts';
import { listStores } from '../../../db/shop/stores.ts';
import type { Explanation } from '../../../decide/campaigns/explain.ts';
import { tokenField } from '../../posted.tsx';
import { office } from '../kit/nav.ts';
import { Mark, Sheet, Table } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { dueWords, missWords } from '../words/promotions/explanations.ts';

const base = '/console/campaigns';

export const Preview: FC<{ id: string; token: string; yuan?: string; sku?: string; pieces?: string }> = ({
  id,
  token,
  yuan = '188',
  sku = '',
  pieces = '1',
}) => (
  <form class="sheet" method="post" action={`${base}/${id}/preview`}>
    <h2>
      试一试<small>什么都不会真的发</small>
    </h2>
    <input type="hidden" name={tokenField} value={token} />
    <div class="filters">
      <div class="field short">
        <label for="yuan">一笔多少元</label>
        <input id="yuan" name="yuan" inputmode="decimal" value={yuan} />
      </div>
      <div class="field short">
        <label for="pieces">几件</label>
        <input id="pieces" name="pieces" inputmode="numeric" value={pieces} />
      </div>
      <div class="field">
        <label for="sku">商品编码（选填）</label>
        <input id="sku" name="sku" value={sku} />
      </div>
      <button>看会得到什么</button>
    </div>
  </form>
);

export const previewScreen = screen({
  path: `${base}/:id/preview`,
  title: '试一试',
  who: office,
  post: async (visit, form) => {
    const yuan = form.get('yuan')?.trim() ?? '';
    const pieces = form.get('pieces')?.trim() ?? '';
    const sku = form.get('sku')?.trim() || 'any';
    const again = (
      <Preview id={visit.id} token={visit.token} yuan={yuan} pieces={pieces} sku={sku === 'any' ? '' : sku} />
    );
    const fen = /^\d{1,8}(\.\d{1,2})?$/.test(yuan) ? Math.round(Number(yuan) * 100) : null;
    if (fen === null || !/^[1-9]\d{0,3}$/.test(pieces))
      return {
        status: 422,
        body: (
          <>
            {again}
            <p class="note stop">金额填元，比如 188 或 188.50；件数填 1 以上的整数。</p>
          </>
        ),
      };
    const explained = await explainSale(visit, { fen, sku, pieces });
    if (explained === null)
      return {
        status: 409,
        body: (
          <>
            {again}
            <p class="note stop">试不了：先接一台收银机，并填好门店。</p>
          </>
        ),
      };
    return {
      title: '试一试',
      acts: (
        <a class="button" href={`${base}/${visit.id}`}>
          回到活动
        </a>
      ),
      body: (
        <>
          {again}
          <Results yuan={yuan} explained={explained} />
        </>
      ),
    };
  },
});

/** A stranger's purchase, now, in the first store. */
async function explainSale(
  { db, deps, id, now }: Visit,
  { fen, sku, pieces }: { fen: number; sku: string; pieces: string },
): Promise<readonly Explanation[] | null> {
  const [source, [store]] = await Promise.all([firstSource(db), listStores(db)]);
  if (!source || !store) return null;
  const data = SaleData.parse({
    orderNo: 'preview',
    store: { id: store.id, name: store.name },
    member: { externalId: 'preview' },
    lines: [{ lineNo: '1', sku, name: sku, quantity: pieces, amountFen: fen }],
    amounts: { paidFen: fen },
    payments: [{ method: 'cash', amountFen: fen }],
  });
  const simulated = await simulateSale(
    deps.engine,
    { campaignId: id as CampaignId, source: source.id, occurredAt: now, data },
    now,
  );
  return 'code' in simulated ? null : [simulated.asked, ...simulated.others];
}

const Results: FC<{ yuan: string; explained: readonly Explanation[] }> = ({ yuan, explained }) => (
  <Sheet title={`新会员的一笔 ${yuan} 元消费会得到`}>
    <Table
      caption="这个活动在最上面，下面是其他进行中的活动"
      rows={explained}
      empty=""
      columns={[
        { label: '活动', show: ({ campaign }) => campaign.name },
        { label: '结果', show: ({ due }) => (due ? <Mark tone="good">会得到</Mark> : <Mark>得不到</Mark>) },
        { label: '说明', show: ({ due, miss }) => (due ? dueWords(due) : missWords(miss)) },
      ]}
    />
  </Sheet>
);
