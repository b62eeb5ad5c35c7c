/** 卖套餐: paid for at once, redeemed one by one. Like a recharge it is no sale: it earns no points and counts as no purchase. */
import type {
  AssociateId,
  Package,
  PackageSold,
  PackageSoldData,
  StoreId,
} from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { momentLength } from '../../coupons/issue-coupon.ts';
import { accept, ignore, park, refuse, type Decision } from '../../effects.ts';
import { settleMember, type SettledMember } from '../../members/who/identities.ts';
import { keysThatCount } from '../../members/who/identity-keys.ts';
import { becomes, missedPackage } from '../../packages/moves.ts';
import { addDays, atHour } from '../../plain/dates.ts';
import { codeOf, drawCode } from '../../plain/random.ts';
import { newPlaces } from '../../sales/new-store.ts';
import { met } from '../../triggers/define.ts';
import { packageBought } from '../../triggers/package-sold.ts';
import { seedOf, type World } from '../../world.ts';
import type { On } from '../define.ts';

export const packageSold: On<PackageSold> = {
  needs(event, ask) {
    if (event.memberId !== undefined) ask.member(event.memberId);
    ask.identify(event, event.data.member);
    ask.rows('packages', event.packageId);
    if (event.data.associate) ask.associate(event.data.associate.id);
  },
  tells: ({ packageId }) => [packageId],
  decide: onPackageSold,
};

function onPackageSold(world: World, event: PackageSold): Decision {
  const { data, packageId, occurredAt } = event;
  const known = world.packages.get(packageId);
  if (known) return toldAgain(world, known, event);
  const settled = buyerOf(world, event);
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  if (!member)
    return event.isAsked
      ? refuse({ code: 'NO_MEMBER' })
      : park({ code: 'IDENTITY_MISSING', field: 'data.member' });
  // The edge checked the form of the ids; here only the type changes.
  const storeId = data.store.id as StoreId;
  const row: Package = {
    id: packageId,
    code: codeFor(world, event),
    memberId: member.id,
    storeId,
    associateId: (data.associate?.id ?? null) as AssociateId | null,
    ...contentOf(data.package),
    used: 0,
    paidFen: data.paidFen,
    soldAt: occurredAt,
    validUntil: lastInstant(data.validUntil ?? null, timezoneOf(world.config, storeId)),
    refundedFen: null,
    refundedAt: null,
    changes: 0,
  };
  const facts = { packageId: row.kindId };
  return accept(
    [
      ...newPlaces(world, event),
      { type: 'member.put', member },
      ...becomes(world, [null, row], { cause: packageId, at: occurredAt, storeId }),
    ],
    met(packageBought, event, member, { occurrence: packageId, facts, storeId }),
  );
}

const contentOf = ({ id, name, items }: PackageSoldData['package']) => ({
  kindId: id,
  name: name || id,
  items: items.map((item) => ({
    id: item.id,
    name: item.name || item.id,
    count: item.count,
    unitPriceFen: item.unitPriceFen,
    used: 0,
  })),
  count: items.reduce((sum, { count }) => sum + count, 0),
});

/** A day is good until its end. */
const lastInstant = (told: string | number | null, timezone: string): number | null =>
  typeof told === 'string' ? atHour(addDays(told, 1), 0, timezone) : told;

const momentMs = 2_000;
const secretLength = 10;
/** As a coupon's: read out, typed and scanned in the same field, and as hard to guess. */
const codeFor = (world: World, { id, packageId, occurredAt }: PackageSold): string =>
  codeOf(Math.floor(occurredAt / momentMs), momentLength) +
  drawCode(seedOf(world, id), `${packageId}/code`, secretLength);

function buyerOf(world: World, event: PackageSold): SettledMember {
  const { memberId, data } = event;
  if (memberId === undefined)
    return settleMember(world, event, data.member, { born: { storeId: data.store.id as StoreId } });
  const member = world.members.get(memberId);
  return { member: member && member.mergedInto === null && member.deletedAt === null ? member : null };
}

function toldAgain(world: World, known: Package, event: PackageSold): Decision {
  const { data, namespace, memberId } = event;
  const { packageNo } = data;
  const keys = keysThatCount(world, data.member, namespace);
  const owners = [
    ...(memberId === undefined ? [] : [memberId]),
    ...keys.flatMap((key) => world.identities.get(key) ?? []),
  ];
  const told = contentOf(data.package);
  const same = ({ id, count, unitPriceFen }: Package['items'][number]) => [id, count, unitPriceFen].join();
  const isSame =
    (owners.length === 0 || owners.includes(known.memberId)) &&
    known.kindId === told.kindId &&
    known.paidFen === data.paidFen &&
    known.items.map(same).join('\n') === told.items.map(same).join('\n');
  return isSame
    ? ignore({ code: 'PACKAGE_KNOWN', packageNo })
    : missedPackage(event, packageNo, { reason: 'NUMBER_TAKEN' });
}
