/** 我的套餐: what is left of each, with the code that is shown for it; and those that are over. */
import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { renderSVG } from 'uqr';
import type { Package } from '../../../../schema/index.ts';
import { packagesOf } from '../../../db/packages/packages.ts';
import { fromNewest } from '../../../db/paging.ts';
import { leftOf, packageStandingOf } from '../../../decide/packages/held.ts';
import { packageStandingWords } from '../../../words/holdings/package-words.ts';
import { page } from '../../page.ts';
import { packagesPath } from '../../paths.ts';
import { renderBarcode } from '../../ui/barcode.ts';
import { count, inFours } from '../../words.ts';
import { holdingsOf, memberOnly } from '../gate.ts';
import { BackHome } from '../rooms/rows.tsx';

/** More than anybody carries. */
const shownMax = 50;

export const packagesPage = page({
  path: packagesPath,
  title: '我的套餐',
  who: memberOnly,
  get: async (visit) => {
    const { member } = await holdingsOf(visit);
    const all = await packagesOf(visit.deps.engine.db, member.id, fromNewest, shownMax);
    const [open, past] = [true, false].map((isOpen) =>
      all.filter((held) => (packageStandingOf(held, visit.now) === 'open') === isOpen),
    );
    return { body: <Own open={open ?? []} past={past ?? []} now={visit.now} /> };
  },
});

type Shown = { readonly open: readonly Package[]; readonly past: readonly Package[]; readonly now: number };

const Own: FC<Shown> = ({ open, past, now }) => (
  <>
    <h1>我的套餐</h1>
    {open.length === 0 && <p class="lead">现在没有可以用的套餐。在店里买了以后会出现在这里。</p>}
    {open.map((held) => (
      <section class="sheet pack" aria-label={held.name}>
        <h2>{held.name}</h2>
        <p class="hint">{packageStandingWords(held, now)}</p>
        <Items held={held} />
        <details>
          <summary class="button">出示套餐码</summary>
          <Code code={held.code} />
        </details>
      </section>
    ))}
    {past.length > 0 && (
      <section aria-labelledby="past">
        <h2 id="past">用完、过期和退掉的</h2>
        <ul class="rows">
          {past.map((held) => (
            <li>
              <p>
                {held.name}
                <small>{packageStandingWords(held, now)}</small>
              </p>
              <p>
                <small>
                  用了 {count(held.used)} / {count(held.count)} 次
                </small>
              </p>
            </li>
          ))}
        </ul>
      </section>
    )}
    <BackHome />
  </>
);

const Items: FC<{ held: Package }> = ({ held }) => (
  <ul class="rows">
    {held.items.map((item) => (
      <li>
        <p>
          {item.name}
          {item.unitPriceFen === 0 && <small>赠送</small>}
        </p>
        <p>
          <strong data-left={item.id}>还剩 {count(leftOf(item))} 次</strong>
          <small>共 {count(item.count)} 次</small>
        </p>
      </li>
    ))}
  </ul>
);

const Code: FC<{ code: string }> = ({ code }) => (
  <div class="show">
    <div class="qr" role="img" aria-label="套餐的二维码">
      {raw(renderSVG(code, { border: 2 }))}
    </div>
    <div class="bars" role="img" aria-label="套餐的条形码">
      {raw(renderBarcode(code))}
    </div>
    <p class="written" data-code={code}>
      {inFours(code)}
    </p>
    <p class="empty">给店员扫一扫，扫不了就报这串码，或者报手机号。</p>
  </div>
);
