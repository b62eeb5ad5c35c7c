/** 重复的销售单: what it means when a sale that is known is told again. */
import type { Sale, SaleCompleted, SaleLine } from '../../../schema/index.ts';
import { ignore, park, type Decision } from '../effects.ts';
import { leftFen } from './paid-back.ts';
import { compareVersions } from '../plain/versions.ts';
import type { World } from '../world.ts';

/** Null when it corrects the one that is known. */
export function saleToldAgain(
  world: World,
  known: Sale,
  event: SaleCompleted,
  lines: readonly SaleLine[],
): Decision | null {
  const { orderNo, version } = event.data;
  const about = { orderNo, version, knownVersion: known.version };
  switch (compareVersions(version, known.version)) {
    case 'later':
      return belowRefunds(world, event, lines);
    case 'earlier':
      return ignore({ code: 'SALE_OUTDATED', ...about });
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

function sameVersion(
  world: World,
  known: Sale,
  { data }: SaleCompleted,
  lines: readonly SaleLine[],
): Decision {
  const essence = (of: readonly SaleLine[]): string =>
    of
      .map(({ lineNo, sku, quantityMilli, paidFen }) => JSON.stringify([lineNo, sku, quantityMilli, paidFen]))
      .toSorted()
      .join();
  const stored = world.lines.get(known.id) ?? [];
  const isSame =
    known.paidFen === data.amounts.paidFen &&
    essence(stored) === essence(lines) &&
    known.storeId === data.store.id;
  const { orderNo, version } = data;
  return isSame
    ? ignore({ code: 'SALE_KNOWN', orderNo, version })
    : park({ code: 'SALE_CHANGED', orderNo, version });
}
