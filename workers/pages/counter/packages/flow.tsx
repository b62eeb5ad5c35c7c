/** 柜台上核销套餐: done once for a form, and undone within a day by whoever stands in the same store. */
import type { Child } from 'hono/jsx';
import type { MemberId, Package, PackageId, PackageUse, PackageUseId } from '../../../../schema/index.ts';
import {
  redeemPackage,
  undoPackageUse,
  useIdOf,
  type PackageAnswer,
} from '../../../commands/packages/packages.ts';
import {
  openPackagesOf,
  openUsesOf,
  packageCoded,
  readPackage,
  readUse,
} from '../../../db/packages/packages.ts';
import { templatesForSale } from '../../../db/packages/templates.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { dayMs } from '../../../decide/plain/dates.ts';
import { leftWords } from '../../../words/holdings/package-words.ts';
import { packageMissWords } from '../../../words/misses/package-misses.ts';
import type { Asked } from '../asked.ts';
import type { Clerk } from '../clerk.ts';
import { deskView, newBill, type DeskView } from '../desk-view.tsx';
import { Packages, Used } from './packages.tsx';

const shownMax = 20;
const usesMax = 5;

const isSeen = ({ sees }: Clerk, { storeId }: PackageUse): boolean => sees === null || sees.includes(storeId);

async function usesLately(clerk: Clerk, memberId: MemberId): Promise<PackageUse[]> {
  const { db } = clerk.deps.engine;
  const uses = await openUsesOf(db, memberId, { since: clerk.now - dayMs, limit: usesMax });
  return uses.filter((use) => isSeen(clerk, use));
}

/** Of whoever was found: what can be redeemed. */
export async function packagesFor(clerk: Clerk, asked: Asked, holder: MemberHoldings): Promise<Child> {
  const { id } = holder.member;
  const [packages, uses] = await Promise.all([
    openPackagesOf(clerk.deps.engine.db, id, { now: clerk.now, limit: shownMax }),
    usesLately(clerk, id),
  ]);
  return <Packages clerk={clerk} asked={asked} packages={packages} uses={uses} />;
}

/** Null where nothing is sold. */
export async function sellingTo({ deps, sellAt }: Clerk, { member }: MemberHoldings): Promise<string | null> {
  const forSale = sellAt === null ? [] : await templatesForSale(deps.engine.db);
  return forSale.length > 0 ? (sellAt?.(member.id) ?? null) : null;
}

/** 扫套餐码: that one alone, however it stands; null where it is no package's. */
export async function packageShown(clerk: Clerk, asked: Asked): Promise<Child | null> {
  const held = await packageCoded(clerk.deps.engine.db, asked.typed.code);
  if (!held) return null;
  const uses = await usesLately(clerk, held.memberId);
  return <Packages clerk={clerk} asked={asked} packages={[held]} uses={uses} />;
}

/** What was just done, and the way back. */
export async function justRedeemed(clerk: Clerk, useId: string): Promise<Child> {
  const found = await usedIn(clerk, useId);
  if (!found) return null;
  const { held, use } = found;
  return (
    <section class="sheet" role="status" aria-label="刚核销的套餐">
      <p class="note good">
        {use.undoneAt === null ? '已核销' : '已撤销'}：{held.name}，现在还剩 {leftWords(held)}。
      </p>
      <Used clerk={clerk} held={held} use={use} />
    </section>
  );
}

async function usedIn(
  clerk: Clerk,
  useId: string,
): Promise<{ readonly held: Package; readonly use: PackageUse } | null> {
  const { db } = clerk.deps.engine;
  const use = await readUse(db, useId as PackageUseId);
  const held = use && isSeen(clerk, use) ? await readPackage(db, use.packageId) : null;
  return use && held && { held, use };
}

/** 1 is one; null where it is no number of times. */
const timesIn = (form: URLSearchParams): number | null => {
  const text = (form.get('times') ?? '').normalize('NFKC').trim();
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null;
};

export async function redeemAtDesk(
  clerk: Clerk,
  asked: Asked,
  form: URLSearchParams,
): Promise<DeskView | Response> {
  const { deps, now, name, path, context } = clerk;
  const { storeId, fault } = asked;
  const held = await readPackage(deps.engine.db, (form.get('package') ?? '') as PackageId);
  const item = form.get('item') ?? '';
  const count = timesIn(form);
  if (fault || storeId === null || !held || count === null)
    return deskView(clerk, asked, { sorry: fault?.text ?? incomplete, status: 422 });
  const useId = useIdOf('counter', { asked: `${asked.form}/${held.id}/${item}` });
  const wanted = { packageId: held.id, useId, storeId, item, count, by: name };
  const answer = await redeemPackage(deps.engine, wanted, now);
  if (!('done' in answer)) return deskView(clerk, newBill(clerk), sorryFor(answer));
  if (answer.isNew) await clerk.recordPackage('package.redeem', { held, item, count, storeId });
  return context.redirect(`${path}?redeemed=${encodeURIComponent(useId)}`, 303);
}

export async function undoAtDesk(clerk: Clerk, form: URLSearchParams): Promise<DeskView | Response> {
  const { deps, now, path, context } = clerk;
  const found = await usedIn(clerk, form.get('use') ?? '');
  if (!found) return deskView(clerk, newBill(clerk), sorryFor({ miss: { reason: 'UNKNOWN_USE' } }));
  const { held, use } = found;
  const { id: useId, storeId, packageId } = use;
  const answer = await undoPackageUse(deps.engine, { packageId, useId, storeId }, now);
  if (!('done' in answer)) return deskView(clerk, newBill(clerk), sorryFor(answer));
  const { itemId: item, count } = use;
  if (answer.isNew) await clerk.recordPackage('package.undo', { held, item, count, storeId });
  return context.redirect(`${path}?redeemed=${encodeURIComponent(useId)}`, 303);
}

const incomplete = '请写这次用几次，写整数，比如 1。';

function sorryFor(answer: Exclude<PackageAnswer, { done: unknown }>) {
  if ('miss' in answer) return { sorry: packageMissWords(answer.miss), status: 409 as const };
  if ('isNobody' in answer) return { sorry: '没有这位会员了：请再查一次。', status: 409 as const };
  return { sorry: '没有核销成：系统正忙，请再按一次，不会重复核销。', status: 503 as const };
}
