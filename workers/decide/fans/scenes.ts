/** 扫码: what a scanned code stands for, and what it does for the person who scanned it. */
import type {
  Associate,
  AssociateId,
  Fan,
  FanFollowed,
  FanScanned,
  Member,
  Scene,
  StoreId,
} from '../../../schema/index.ts';
import { claim } from '../coupons/claims.ts';
import type { Effect } from '../effects.ts';
import { associateOf } from './fans.ts';
import type { World } from '../world.ts';

/** Codes that need no entry of their own: `adv_12` is the associate 12, `store_8005` the store 8005. */
const prefixes = { adv_: 'associate', store_: 'store', src_: 'source' } as const;

type Meaning = Pick<Scene, 'kind' | 'targetId'> & { readonly entered: Scene | null };

function meaningOf(world: World, scene: string): Meaning {
  const entered = world.scenes.get(scene);
  if (entered) return { kind: entered.kind, targetId: entered.targetId, entered };
  for (const [prefix, kind] of Object.entries(prefixes)) {
    if (scene.startsWith(prefix) && scene.length > prefix.length)
      return { kind, targetId: scene.slice(prefix.length), entered: null };
  }
  return { kind: 'source', targetId: scene, entered: null };
}

/** Associates that the scene's text may name; they are loaded before the scene is. */
export const associateNamed = (scene: string): AssociateId | null =>
  scene.startsWith('adv_') ? (scene.slice('adv_'.length) as AssociateId) : null;

export type Scanned = {
  readonly effects: readonly Effect[];
  /** The member belongs to an associate from now on. */
  readonly isBound?: true;
  readonly fan: Fan;
  readonly member: Member | null;
  /** What came of it, for the answer. */
  readonly came:
    | 'nothing'
    | 'bound'
    | 'already-bound'
    | 'claimed'
    | 'claimed-before'
    | 'gone'
    | 'sold-out'
    | 'joined-staff';
};

export function onScene(
  world: World,
  event: FanFollowed | FanScanned,
  scene: string,
  before: { readonly fan: Fan; readonly member: Member | null },
): Scanned {
  const { kind, targetId, entered } = meaningOf(world, scene);
  const counted: Effect[] = entered ? [{ type: 'scene.count', sceneId: scene, scans: 1, claims: 0 }] : [];
  const fan: Fan = { ...before.fan, source: before.fan.source ?? sourceOf(kind, targetId) };
  const { member } = before;
  const plain: Scanned = { effects: counted, fan, member, came: 'nothing' };
  switch (kind) {
    case 'associate':
      return bind(world, plain, targetId as AssociateId);
    case 'store':
      return atStore(plain, targetId as StoreId);
    case 'coupon': {
      if (!entered) return plain;
      // A fan who is no member yet gets it when registering.
      if (!member) return { ...plain, fan: { ...fan, claimScene: scene } };
      const claimed = claim(world, event, entered, member, 0);
      return { ...plain, effects: [...counted, ...claimed.effects], came: claimed.came };
    }
    case 'staff':
      return joinStaff(world, plain, entered, event);
    case 'campaign':
    case 'source':
      return plain;
    default:
      return kind satisfies never;
  }
}

const sourceOf = (kind: Scene['kind'], targetId: string): string | null =>
  kind === 'staff' ? null : kind === 'source' ? targetId : `${kind}:${targetId}`;

/** 一对一专属: the first code binds; another one changes nothing. */
function bind(world: World, scanned: Scanned, printed: AssociateId): Scanned {
  const associate = behindCode(world, printed);
  if (!associate) return scanned;
  const associateId = associate.id;
  const { fan, member } = scanned;
  const bound = associateOf(world, member, fan);
  if (bound) return { ...scanned, came: bound.id === associateId ? 'bound' : 'already-bound' };
  const storeId = fan.storeId ?? associate.storeId;
  const ofMember = member && { ...member, associateId, storeId: member.storeId ?? associate.storeId };
  return {
    effects: ofMember ? [...scanned.effects, { type: 'member.put', member: ofMember }] : scanned.effects,
    fan: { ...fan, associateId, storeId },
    member: ofMember,
    ...(ofMember && { isBound: true }),
    came: 'bound',
  };
}

/** 离职导购的码: it brings people to whoever took over, where the shop left it so. */
function behindCode(world: World, printed: AssociateId): Associate | null {
  const named = world.associates.get(printed);
  if (!named || named.endedAt === null) return named ?? null;
  return named.codesGoOn && named.successorId !== null
    ? (world.associates.get(named.successorId) ?? null)
    : null;
}

function atStore(scanned: Scanned, storeId: StoreId): Scanned {
  const { fan, member } = scanned;
  const isNews = member !== null && member.storeId === null;
  return {
    ...scanned,
    effects: isNews
      ? [...scanned.effects, { type: 'member.put', member: { ...member, storeId } }]
      : scanned.effects,
    fan: { ...fan, storeId: fan.storeId ?? storeId },
  };
}

/** 导购绑定微信: the code works once and only for a short time, because its holder becomes that associate. */
function joinStaff(
  world: World,
  scanned: Scanned,
  scene: Scene | null,
  { openid, occurredAt }: FanFollowed | FanScanned,
): Scanned {
  const associate: Associate | undefined = scene
    ? world.associates.get(scene.targetId as AssociateId)
    : undefined;
  const isGood =
    scene !== null && scene.scans === 0 && (scene.expiresAt === null || occurredAt < scene.expiresAt);
  // Not counted, because only one scan of such a code can work.
  if (!associate || associate.endedAt !== null || !isGood) return { ...scanned, effects: [], came: 'gone' };
  return {
    ...scanned,
    effects: [...scanned.effects, { type: 'associate.put', row: { ...associate, openid } }],
    came: 'joined-staff',
  };
}
