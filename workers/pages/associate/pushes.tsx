/** 我发的: each push of hers, and of one of them who has taken it, used it, or not. */
import { fromNewest } from '../../db/paging.ts';
import { listedMax, listPushes, placesOfPush, readPush, type PlaceOfPush } from '../../db/coupons/pushes.ts';
import { page } from '../page.ts';
import { associateHome, pushesPath, pushPath } from '../paths.ts';
import { momentOf } from '../words.ts';
import { associate } from './gate.tsx';

export const pushesPage = page({
  path: pushesPath,
  title: '我发的',
  who: associate,
  get: async ({ deps, associate: own, context, now }) => {
    const { db } = deps.engine;
    const of = context.req.query('of') ?? '';
    const push = of === '' ? null : await readPush(db, of);
    // One of somebody else is none of hers.
    const one = push?.associateId === own.id ? push : null;
    const [rows, places] = await Promise.all([
      listPushes(db, { associateId: own.id, before: fromNewest, limit: listedMax }, now),
      one ? placesOfPush(db, one.id) : [],
    ]);
    const body = (
      <section aria-labelledby="pushes">
        <h1 id="pushes">我发的</h1>
        {rows.length === 0 && <p class="empty">还没有发过券。</p>}
        <ul class="coupons">
          {rows.map(({ push: { id, at }, templateName, pushed, claimed, used, reclaimed }) => (
            <li class="ticket">
              <div>
                <h3>
                  <a href={`${pushesPath}?of=${id}`}>{templateName}</a>
                </h3>
                <p>
                  {momentOf(at, now)} 发给 {pushed} 位：领了 {claimed}，用了 {used}，收回 {reclaimed}
                </p>
              </div>
            </li>
          ))}
        </ul>
        {one && (
          <ul class="coupons">
            {places.map((place) => (
              <li class="ticket later">
                <div>
                  <h3>{place.name ?? '会员'}</h3>
                  <p class="days">{stateOf(place, one.until, now)}</p>
                </div>
              </li>
            ))}
          </ul>
        )}
        <p class="second">
          <a href={pushPath}>发券</a>
        </p>
        <p class="leave">
          <a href={associateHome}>返回</a>
        </p>
      </section>
    );
    return { body };
  },
});

function stateOf({ claimedAt, usedAt, usedFor }: PlaceOfPush, until: number, now: number): string {
  if (usedAt !== null) return `${momentOf(usedAt, now)} 用掉了${usedFor ? `（${receiptOf(usedFor)}）` : ''}`;
  if (claimedAt !== null) return `${momentOf(claimedAt, now)} 领了，还没用`;
  return until > now ? `还没领，${momentOf(until, now)} 收回` : '没有领，已收回';
}

/** `sale:pos:A1` is the receipt A1. */
const receiptOf = (ref: string): string => `单号 ${ref.split(':').slice(2).join(':')}`;
