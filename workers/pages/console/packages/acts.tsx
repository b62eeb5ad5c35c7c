/** 卖套餐、退套餐、撤销核销, on the member's page: each once for its number, and in the audit. */
import * as z from 'zod';
import {
  AssociateId,
  PackageTemplateId,
  StoreId,
  type MemberId,
  type Package,
  type PackageId,
  type PackageUseId,
} from '../../../../schema/index.ts';
import {
  contentOf,
  packageIdOf,
  packageNoOf,
  refundPackage,
  sellPackage,
  undoPackageUse,
  type PackageAnswer,
} from '../../../commands/packages/packages.ts';
import { openUsesOf, packagesOf, readPackage, readUse } from '../../../db/packages/packages.ts';
import { readPackageTemplate, templatesForSale } from '../../../db/packages/templates.ts';
import { fromNewest } from '../../../db/paging.ts';
import { presentAssociates } from '../../../db/shop/associates.ts';
import { itemNamed, refundOf } from '../../../decide/packages/held.ts';
import { leftWords } from '../../../words/holdings/package-words.ts';
import { moment, money } from '../kit/format.ts';
import { counter, office } from '../kit/nav.ts';
import { maySeeStore } from '../kit/visit.ts';
import { memberAct, notDecided, problemOf, type Carried } from '../members/act-form.tsx';
import { notYours, OwnNumber, Reason, shownMax, storeChoices } from '../stored/carried.ts';
import { packageRefundWords, packageSaleWords, packageUndoWords } from '../words/forms/package.ts';

export const PackageSaleInput = z.strictObject({
  templateId: PackageTemplateId,
  storeId: StoreId,
  associateId: AssociateId.nullable().default(null),
  packageNo: OwnNumber,
});

const selling = memberAct({
  part: 'packages',
  title: '卖套餐',
  who: counter,
  act: 'package.sell',
  schema: PackageSaleInput,
  words: packageSaleWords,
  lead: () => '先收钱，再卖。收银系统自己会报来的套餐，不要在这里再卖一次。',
  value: () => ({}),
  choices: async (visit) => {
    const [templates, associates, stores] = await Promise.all([
      templatesForSale(visit.db),
      presentAssociates(visit.db),
      storeChoices(visit),
    ]);
    return {
      templateId: templates.map(({ id, definition }) => ({
        value: id,
        label: `${definition.name}（${money(definition.priceFen)} 元）`,
      })),
      associateId: associates
        .filter(({ storeId }) => maySeeStore(visit.person, storeId))
        .map(({ id, name }) => ({ value: id, label: name })),
      ...stores,
    };
  },
  carry: async ({ db, deps, now, person }, { member }, { input, key }) => {
    const { templateId, storeId, associateId } = input;
    if (!maySeeStore(person, storeId)) return notYours;
    const template = await readPackageTemplate(db, templateId);
    if (!template?.definition.enabled) return missed('NOT_FOR_SALE', {});
    const packageNo = input.packageNo ?? key;
    const content = contentOf(template, await deps.engine.config.get(), { storeId, now });
    const associate = associateId === null ? null : { id: associateId };
    const data = { packageNo, store: { id: storeId }, associate, ...content };
    const asked = { packageId: packageIdOf('', packageNo), namespace: '', memberId: member.id, data };
    return carried(await sellPackage(deps.engine, asked, now), null, { ...input, packageNo });
  },
});

/** With what was seen to be paid back: what is used meanwhile is not paid. */
const choiceOf = (held: Package): string => `${String(refundOf(held))}/${held.id}`;

export const PackageRefundInput = z.strictObject({
  packageId: z.string().min(3),
  storeId: StoreId,
  reason: Reason,
  isSure: z.boolean().default(false),
});

const refunding = memberAct({
  part: 'package-refund',
  title: '退套餐',
  who: office,
  act: 'package.refund',
  schema: PackageRefundInput,
  words: packageRefundWords,
  lead: () => '退的是收的钱减去用掉的，过期的也能退。退了以后，剩下的次数都作废；买它送的东西也一起收回。',
  value: () => ({}),
  choices: async (visit) => {
    const all = await packagesOf(visit.db, visit.id as MemberId, fromNewest, shownMax);
    const open = all.filter(({ refundedAt, used, count }) => refundedAt === null && used < count);
    return {
      packageId: open.map((held) => ({
        value: choiceOf(held),
        label: `${held.name}（还剩 ${leftWords(held)}），退 ${money(refundOf(held))} 元`,
      })),
      ...(await storeChoices(visit)),
    };
  },
  carry: async ({ db, deps, now, person }, { member }, { input }) => {
    if (!maySeeStore(person, input.storeId)) return notYours;
    const [, fen = '', id = ''] = /^(\d{1,12})\/(.+)$/s.exec(input.packageId) ?? [];
    const held = await readPackage(db, id as PackageId);
    if (held?.memberId !== member.id) return missed('UNKNOWN_PACKAGE', {});
    if (!input.isSure) return missed('ASK_AGAIN', { backFen: Number(fen) });
    const asked = { packageId: held.id, storeId: input.storeId, refundedFen: Number(fen) };
    const { reason } = input;
    return carried(await refundPackage(deps.engine, asked, now), held, { reason });
  },
});

export const PackageUndoInput = z.strictObject({ useId: z.string().min(1), reason: Reason });

const undoing = memberAct({
  part: 'package-undo',
  title: '撤销核销套餐',
  who: office,
  act: 'package.undo',
  schema: PackageUndoInput,
  words: packageUndoWords,
  lead: () => '柜台和收银机一天以内可以自己撤销；晚了就在这里撤销。退掉的套餐不能撤销。',
  value: () => ({}),
  choices: async ({ db, id, now, person }) => {
    const memberId = id as MemberId;
    const [uses, all] = await Promise.all([
      openUsesOf(db, memberId, { since: 0, limit: shownMax }),
      packagesOf(db, memberId, fromNewest, shownMax),
    ]);
    const known = new Map(all.map((held) => [held.id, held]));
    return {
      useId: uses.flatMap((use) => {
        const held = known.get(use.packageId);
        if (!held || held.refundedAt !== null || !maySeeStore(person, use.storeId)) return [];
        const item = itemNamed(held, use.itemId)?.name ?? use.itemId;
        const label = `${moment(use.at, now)}，${held.name}：${item} ${String(use.count)} 次`;
        return [{ value: use.id, label }];
      }),
    };
  },
  carry: async ({ db, deps, now, person }, { member }, { input }) => {
    const use = await readUse(db, input.useId as PackageUseId);
    const held = use && (await readPackage(db, use.packageId));
    if (!use || held?.memberId !== member.id || !maySeeStore(person, use.storeId))
      return missed('UNKNOWN_USE', {});
    const { packageId, storeId, id: useId } = use;
    const asked = { packageId, useId, storeId, isOffice: true } as const;
    const { reason } = input;
    return carried(await undoPackageUse(deps.engine, asked, now), held, { reason });
  },
});

function missed(reason: string, numbers: object): Carried {
  const facts = Object.entries(numbers).filter((one): one is [string, number] => typeof one[1] === 'number');
  return {
    problem: {
      ...notDecided,
      status: 409,
      code: `PACKAGE_${reason}`,
      numbers: Object.fromEntries(facts),
    },
  };
}

const told = ({ id, name, used, count, paidFen, refundedFen }: Package) => ({
  packageNo: packageNoOf(id),
  name,
  used,
  count,
  paidFen,
  refundedFen,
});

function carried(answer: PackageAnswer, before: Package | null, more: object): Carried {
  if ('undecided' in answer) return { problem: notDecided };
  if ('isNobody' in answer) return { problem: problemOf({ code: 'NO_MEMBER' }) };
  if ('miss' in answer) {
    const { reason, ...numbers } = answer.miss;
    return missed(reason, numbers);
  }
  return { before: before && told(before), after: { ...more, ...told(answer.done) } };
}

export const packageActScreens = [selling, refunding, undoing];
