/** 套餐 at the counter: what is left of each item, redeemed by one touch, and the way back for what was done by mistake. */
import type { FC } from 'hono/jsx';
import type { Package, PackageItem, PackageUse } from '../../../../schema/index.ts';
import { itemNamed, leftOf, packageStandingOf } from '../../../decide/packages/held.ts';
import { packageStandingWords } from '../../../words/holdings/package-words.ts';
import { grouped, inFours, momentOf } from '../../words.ts';
import type { Asked } from '../asked.ts';
import type { Clerk } from '../clerk.ts';
import { Hidden } from '../desk.tsx';
import { carried } from '../found.tsx';

type Props = {
  readonly clerk: Clerk;
  readonly asked: Asked;
  readonly packages: readonly Package[];
  /** Of the last day, where this colleague stands. */
  readonly uses: readonly PackageUse[];
};

export const Packages: FC<Props> = ({ clerk, asked, packages, uses }) => (
  <>
    {packages.map((held) => (
      <section class="sheet" aria-label={held.name} data-package={held.id}>
        <h2>套餐：{held.name}</h2>
        <p class="hint">
          {packageStandingWords(held, clerk.now)}，{inFours(held.code)}
        </p>
        {held.items.map((item) => (
          <Item clerk={clerk} asked={asked} held={held} item={item} />
        ))}
        {uses
          .filter(({ packageId }) => packageId === held.id)
          .map((use) => (
            <Used clerk={clerk} held={held} use={use} />
          ))}
      </section>
    ))}
  </>
);

type ItemProps = Pick<Props, 'clerk' | 'asked'> & { readonly held: Package; readonly item: PackageItem };

const Item: FC<ItemProps> = ({ clerk, asked, held, item }) => {
  const left = leftOf(item);
  const isOpen = left > 0 && packageStandingOf(held, clerk.now) === 'open';
  const place = held.items.indexOf(item);
  return (
    <div class="use" data-item={item.id}>
      <p>
        {item.name}：还剩 {grouped(left)} 次，共 {grouped(item.count)} 次
      </p>
      {isOpen && (
        <form method="post" action={clerk.path}>
          <Hidden
            clerk={clerk}
            fields={{ act: 'redeem-package', ...carried(asked), package: held.id, item: item.id }}
          />
          <div class="field">
            <label for={`times-${held.code}-${String(place)}`}>这次用几次</label>
            <div class="line">
              <input
                id={`times-${held.code}-${String(place)}`}
                name="times"
                value="1"
                inputmode="numeric"
                autocomplete="off"
                maxlength={5}
              />
              <button class={clerk.looks.first}>核销</button>
            </div>
          </div>
        </form>
      )}
    </div>
  );
};

/** With the way back, as long as it can be undone. */
export const Used: FC<{ clerk: Clerk; held: Package; use: PackageUse }> = ({ clerk, held, use }) => (
  <div class="use" data-package-use={use.id}>
    <p>
      {momentOf(use.at, clerk.now)} 用了 {itemNamed(held, use.itemId)?.name ?? use.itemId}{' '}
      {grouped(use.count)} 次
    </p>
    {use.by !== null && (
      <p class="hint">
        {use.by}
        {use.undoneAt !== null && '，已撤销'}
      </p>
    )}
    {use.undoneAt === null && held.refundedAt === null && (
      <form method="post" action={clerk.path}>
        <Hidden clerk={clerk} fields={{ act: 'undo-package', use: use.id }} />
        <button class={clerk.looks.other}>撤销</button>
      </form>
    )}
  </div>
);
