/** 退套餐: paid − used at unit price is paid back, once; what is left is nobody's then. An expired one is paid back as well. */
import type { MemberId, PackageRefunded } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { withdraw } from '../../occasions/withdraw.ts';
import { refundOf } from '../../packages/held.ts';
import { becomes, holderOf } from '../../packages/moves.ts';
import { causeOf } from '../../triggers/define.ts';
import { packageBought } from '../../triggers/package-sold.ts';
import type { World } from '../../world.ts';
import type { On } from '../define.ts';

export const packageRefunded: On<PackageRefunded> = {
  needs(event, ask) {
    ask.rows('packages', event.packageId);
    ask.granted(giftCause(event));
  },
  decide: onPackageRefunded,
};

/** What was given for buying it stands under its number. */
const giftCause = ({ packageId }: PackageRefunded): string =>
  causeOf(packageBought, { memberId: '' as MemberId, occurrence: packageId });

function onPackageRefunded(world: World, event: PackageRefunded): Decision {
  const { packageId, storeId, refundedFen: toldFen, occurredAt: at } = event;
  const held = world.packages.get(packageId);
  const member = held && holderOf(world, held);
  if (!held || !member) return refuse({ code: 'PACKAGE', miss: { reason: 'UNKNOWN_PACKAGE' } });
  if (held.refundedAt !== null) {
    const refundedFen = held.refundedFen ?? 0;
    return toldFen === null || toldFen === refundedFen
      ? ignore({ code: 'NOTHING_NEW', about: 'package' })
      : refuse({
          code: 'PACKAGE',
          miss: { reason: 'ALREADY_REFUNDED', refundedFen, at: held.refundedAt },
        });
  }
  if (held.used >= held.count)
    return refuse({ code: 'PACKAGE', miss: { reason: 'ALL_USED', count: held.count } });
  const dueFen = refundOf(held);
  if (toldFen !== null && toldFen !== dueFen)
    return refuse({ code: 'PACKAGE', miss: { reason: 'AMOUNT_DIFFERS', toldFen, dueFen } });
  const why = `package-refund:${packageId}`;
  const gifts = (world.grants.get(giftCause(event)) ?? []).filter(({ times }) => times > 0);
  const taken = withdraw(world, gifts, { member, why, seedOf: event.id, at, storeId, marks: {} });
  return accept([
    { type: 'member.put', member },
    ...becomes(world, [held, { ...held, refundedFen: dueFen, refundedAt: at }], { cause: why, at, storeId }),
    ...taken.effects,
  ]);
}
