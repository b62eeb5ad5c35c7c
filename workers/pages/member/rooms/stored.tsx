/** 我的储值: what is on the card and of which part, how it may be used, and every movement of it. */
import type { FC } from 'hono/jsx';
import type { SpendOrder, StoredValueSettings } from '../../../../schema/index.ts';
import { endOfTime } from '../../../db/paging.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { listStoredRows } from '../../../db/stored/stored-rows.ts';
import { heldIn, readStoredSums } from '../../../db/stored/stored-value.ts';
import { sumOf, type Parts } from '../../../decide/stored/parts.ts';
import { together, type StoredMovement } from '../../../decide/stored/together.ts';
import { page } from '../../page.ts';
import { storedPath } from '../../paths.ts';
import { change, money } from '../../words.ts';
import { holdingsOf, memberOnly } from '../gate.ts';
import { OwnStored } from './own-sums.tsx';
import { BackHome, namesOf, Rows, rowsShownMax, whyOf } from './rows.tsx';

export const storedPage = page({
  path: storedPath,
  title: '我的储值',
  who: memberOnly,
  get: async (visit) => {
    const { deps, context, now } = visit;
    const { db } = deps.engine;
    const { member, balances } = await holdingsOf(visit);
    const before = placeIn(context.req.query('before') ?? '');
    const [found, sums, { storedValue }] = await Promise.all([
      listStoredRows(db, member.id, before, rowsShownMax + 1),
      readStoredSums(db, member.id),
      readSettings(db),
    ]);
    const { movements, next } = together(found, before, rowsShownMax);
    const names = await namesOf(db, member.id, movements);
    const held = heldIn(balances);
    const body = (
      <>
        <Card held={held} />
        <OwnStored sums={sums} />
        <Use settings={storedValue} />
        <Rows
          title="储值明细"
          rows={movements.map((one) => ({
            at: one.at,
            why: whyOf(one.cause, names).why,
            more: partsWords(one),
            moved: change(sumOf(one.moved), money),
            after: `余 ${money(sumOf(one.held))}`,
          }))}
          now={now}
          empty="还没有变动。在店里充值以后会出现在这里。"
          next={next && `${storedPath}?before=${next.principal}-${next.bonus}`}
        />
        <BackHome />
      </>
    );
    return { body };
  },
});

function placeIn(text: string): { readonly principal: number; readonly bonus: number } {
  const [, principal, bonus] = /^(\d{1,16})-(\d{1,16})$/.exec(text) ?? [];
  const most = (digits: string | undefined): number => Math.min(Number(digits ?? endOfTime), endOfTime);
  return { principal: most(principal), bonus: most(bonus) };
}

const Card: FC<{ held: Parts }> = ({ held }) => (
  <section class="card" aria-labelledby="stored">
    <h1 id="stored">我的储值</h1>
    <p class="points">
      <span>还有（元）</span>
      <strong data-account="stored">{money(sumOf(held))}</strong>
    </p>
    <dl>
      <div>
        <dt>本金</dt>
        <dd>
          {money(held.principalFen)}
          <small>元</small>
        </dd>
      </div>
      <div>
        <dt>赠送</dt>
        <dd>
          {money(held.bonusFen)}
          <small>元</small>
        </dd>
      </div>
    </dl>
  </section>
);

const orderWords: Readonly<Record<SpendOrder, string>> = {
  principal: '先用本金，再用赠送',
  bonus: '先用赠送，再用本金',
  'in-proportion': '本金和赠送按比例一起用',
};

/** A customer who knows it asks for nothing at the till that it refuses. */
const Use: FC<{ settings: StoredValueSettings }> = ({ settings: { ceilingPercent, spendFirst, plans } }) => (
  <section class="sheet" aria-labelledby="use">
    <h2 id="use">怎么用</h2>
    <p class="hint">
      结账时请店员查您的手机号或会员码。
      {ceilingPercent < 100
        ? `每次最多用这单用券以后金额的 ${ceilingPercent}%，比如 200 元最多用 ${money(ceilingPercent * 200)} 元。`
        : '一单可以全部用储值付。'}
      {orderWords[spendFirst]}。退货时按原来的比例退回储值。
    </p>
    {plans.length > 0 && (
      <ul class="losses">
        {plans.map(({ name, paidFen, principalFen, bonusFen }) => (
          <li>
            {name}：付 {money(paidFen)} 元，到账本金 {money(principalFen)} 元、赠送 {money(bonusFen)} 元
          </li>
        ))}
      </ul>
    )}
  </section>
);

const partsWords = ({ moved: { principalFen, bonusFen } }: StoredMovement): string =>
  principalFen === 0 || bonusFen === 0
    ? ''
    : `本金 ${change(principalFen, money)}，赠送 ${change(bonusFen, money)}`;
