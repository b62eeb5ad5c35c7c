/** 重复的销售单: what it means when a sale that is known is told again. */
import type { Sale, SaleCompleted, SaleLine } from '../../../schema/index.ts';
import { ignore, park, type Decision } from '../effects.ts';
import { leftFen } from './paid-back.ts';
import { buyerNamed, isBuyer } from '../members/buyer.ts';
import { compareVersions } from '../plain/versions.ts';
import { hasSameGoods, ofAnotherSale } from './numbers/which-sale.ts';
import type { World } from '../world.ts';

/** Null when it corrects the one that is known, or says whose it is. */
export function saleToldAgain(
  world: World,
  known: Sale,
  event: SaleCompleted,
  lines: readonly SaleLine[],
): Decision | null {
  const { orderNo, version } = event.data;
  const about = { orderNo, version, knownVersion: known.version };
  const order = compareVersions(version, known.version);
  const another = ofAnotherSale(world, known, { event, lines, order });
  if (another) return park(another);
  switch (order) {
    case 'later':
      return belowRefunds(world, event, lines);
    case 'earlier':
      return namesBuyer(world, known, event) ? null : ignore({ code: 'SALE_OUTDATED', ...about });
    case 'unknown':
      return park({ code: 'SALE_VERSION_UNCLEAR', ...about });
    case 'same':
      return sameVersion(world, known, event, lines);
  }
}

/** A correction says what was sold, not what is left after returns: it cannot be less than what was paid back. */
function belowRefunds(
  world: World,
  { saleId, data }: SaleCompleted,
  lines: readonly SaleLine[],
): Decision | null {
  const { orderNo, version } = data;
  const { paidFen } = data.amounts;
  const overFen = -leftFen({ paidFen }, lines, world.refunds.get(saleId) ?? []);
  return overFen > 0 ? park({ code: 'SALE_BELOW_REFUNDS', orderNo, version, paidFen, overFen }) : null;
}

/** 会员卡后刷: a buyer is named of whom the known telling says nothing, whichever of the two was written first. */
const namesBuyer = (world: World, known: Sale, event: SaleCompleted): boolean =>
  known.memberId === null && buyerNamed(world, event, event.data.member).kind !== 'nobody';

function sameVersion(
  world: World,
  known: Sale,
  event: SaleCompleted,
  lines: readonly SaleLine[],
): Decision | null {
  const { orderNo, version } = event.data;
  if (!hasSameGoods(world, known, event, lines)) return park({ code: 'SALE_CHANGED', orderNo, version });
  if (namesBuyer(world, known, event)) return null;
  const buyer = buyerNamed(world, event, event.data.member);
  const isAnother = known.memberId !== null && buyer.kind !== 'nobody' && !isBuyer(buyer, known.memberId);
  return isAnother
    ? park({ code: 'SALE_CHANGED', orderNo, version })
    : ignore({ code: 'SALE_KNOWN', orderNo, version });
}
