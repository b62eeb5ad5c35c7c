/** 试一试: what a purchase, or what else a campaign starts with, would earn, and what is missing where it earns nothing. */
import type { FC } from 'hono/jsx';
import type { CampaignId } from '../../../../schema/index.ts';
import { SaleData } from '../../../commands/canonical.ts';
import { simulateSale } from '../../../commands/promotions/simulate.ts';
import { readCampaign } from '../../../db/shop/campaigns.ts';
import { firstSource } from '../../../db/sources/registered-sources.ts';
import { listStores } from '../../../db/shop/stores.ts';
import type { Explanation } from '../../../decide/campaigns/explain.ts';
import { CampaignInput } from '../../../decide/campaigns/campaigns.ts';
import type { Trigger } from '../../../decide/triggers/define.ts';
import { triggerOf } from '../../../decide/triggers/index.ts';
import { tokenField } from '../../posted.tsx';
import { office } from '../kit/nav.ts';
import type { Typed } from '../form/typed.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { base, fenOf, Results, said, sorry } from './preview-parts.tsx';
import { TriggerPreview, tryTrigger } from './preview-trigger.tsx';

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

const nowhere = (): ConsoleView => NotFound('活动', { href: base, label: '回到活动' });

async function triggerTried({ db, id }: Visit): Promise<Trigger | null> {
  const row = await readCampaign(db, id as CampaignId);
  return row && triggerOf(CampaignInput.parse(row.version.definition).trigger);
}

export const previewScreen = screen({
  path: `${base}/:id/preview`,
  title: '试一试',
  who: office,
  // A trial that is loaded again, or found in the history.
  get: async (visit) => {
    const trigger = await triggerTried(visit);
    if (trigger === null) return nowhere();
    const { id, token } = visit;
    const form =
      trigger.kind === 'sale.completed' ? (
        <Preview id={id} token={token} />
      ) : (
        <TriggerPreview id={id} token={token} trigger={trigger} />
      );
    return said(visit, form, null);
  },
  post: async (visit, form) => {
    const trigger = await triggerTried(visit);
    if (trigger === null) return nowhere();
    return trigger.kind === 'sale.completed' ? trySale(visit, form) : tryTrigger(visit, form, trigger);
  },
});

async function trySale(visit: Visit, form: Typed): Promise<ConsoleView> {
  const yuan = form.get('yuan')?.trim() ?? '';
  const pieces = form.get('pieces')?.trim() ?? '';
  const sku = form.get('sku')?.trim() || 'any';
  const again = (
    <Preview id={visit.id} token={visit.token} yuan={yuan} pieces={pieces} sku={sku === 'any' ? '' : sku} />
  );
  const fen = fenOf(yuan);
  if (fen === null || !/^[1-9]\d{0,3}$/.test(pieces))
    return sorry(422, again, '金额填元，比如 188 或 188.50；件数填 1 以上的整数。');
  const explained = await explainSale(visit, { fen, sku, pieces });
  if (explained === null) return sorry(409, again, '试不了：先接一台收银机，并填好门店。');
  return said(visit, again, <Results title={`新会员的一笔 ${yuan} 元消费会得到`} explained={explained} />);
}

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
