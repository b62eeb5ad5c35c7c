/** 卖套餐: at a counter or by a program, from a template of the office or as the till names its own; and what a member holds. */
import * as z from 'zod';
import {
  Fen,
  Id,
  MemberId,
  PackageSoldInput,
  PackageTemplateId,
  SoldPackage,
  type PackageSoldData,
} from '../../../schema/index.ts';
import { told } from '../../commands/canonical.ts';
import { invalidField } from '../../commands/invalid.ts';
import { contentOf, packageIdOf, sellPackage } from '../../commands/packages/packages.ts';
import { namespaceOf } from '../../commands/sources/namespace.ts';
import { readMember } from '../../db/members/members.ts';
import { packagesOf } from '../../db/packages/packages.ts';
import { readPackageTemplate } from '../../db/packages/templates.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import type { Problem } from '../../platform/problem.ts';
import { sourceOf } from '../call/bound.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { created, namedBody, route, type Call } from '../call/define.ts';
import { listOf, newestFirst, paged, pageQuery } from '../call/paging.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { StoreNamed, storeIdOf } from '../coupons/receipt.ts';
import { unknownMember } from '../members/member-view.ts';
import { SourceName } from '../sources/source-named.ts';
import { packageProblem, packageRefusals } from './package-problem.ts';
import { PackageAnswer, viewPackage } from './package-view.ts';

const params = z.strictObject({ id: MemberId });

const Body = namedBody(
  'PackageSelling',
  z.strictObject({
    packageNo: Id.nullish().meta({
      description:
        'Under this number it is sold once; in all stores one. Left out, the Idempotency-Key makes one.',
      example: 'TC20261122001',
    }),
    store: StoreNamed,
    templateId: PackageTemplateId.nullish(),
    package: SoldPackage.nullish().meta({
      description: 'As the till itself defines it: id, name and items with count and unitPriceFen.',
    }),
    paidFen: Fen.nullish().meta({
      description: 'What was taken. Of a template it has to be its price, if it is given.',
      example: 45_000,
    }),
    validUntil: PackageSoldInput.shape.validUntil.meta({
      description: 'The last day, or a moment; of a template it follows from its days.',
      example: '2027-11-21',
    }),
    associate: StoreNamed.nullish().meta({ description: 'Who sold it.' }),
    source: SourceName,
  }),
);
type Body = z.infer<typeof Body>;
type Content = Pick<PackageSoldData, 'package' | 'paidFen' | 'validUntil'>;

async function contentFor({ deps, body, now }: Call<unknown, unknown, Body>): Promise<Content | Problem> {
  const { templateId, package: own, paidFen, validUntil } = body;
  if ((templateId == null) === (own == null))
    return invalidField('templateId', 'give either templateId or package');
  if (own) {
    if (paidFen == null) return invalidField('paidFen', 'is required and not there');
    return { package: own, paidFen, validUntil };
  }
  const template = templateId == null ? null : await readPackageTemplate(deps.db, templateId);
  if (!template?.definition.enabled) return packageProblem({ reason: 'NOT_FOR_SALE' });
  const { priceFen } = template.definition;
  if (paidFen != null && paidFen !== priceFen)
    return packageProblem({ reason: 'AMOUNT_DIFFERS', toldFen: paidFen, dueFen: priceFen });
  const config = await deps.engine.config.get();
  const made = contentOf(template, config, { storeId: storeIdOf(body.store), now });
  return validUntil == null ? made : { ...made, validUntil };
}

const sell = route({
  method: 'POST',
  path: '/members/{id}/packages',
  tag: 'Packages',
  summary: 'Sell a package (套餐、次卡)',
  description:
    'Paid for at once, redeemed item by item with POST /packages/redeem. Under the same number again it answers the same. It is no sale: tell no sale of it besides, it earns no points. Without this call a till tells the event package.sold.',
  scope: 'pos',
  statuses: [201],
  refusals: {
    ...packageRefusals('NUMBER_TAKEN', 'AMOUNT_DIFFERS'),
    404: ['unknown_member', 'not_for_sale'],
  },
  params,
  body: told(Body),
  documentedBody: Body,
  answer: PackageAnswer,
  handle: async (call) => {
    const { deps, params: path, body, now, token, requestKey } = call;
    if (body.packageNo == null && requestKey === null)
      return invalidField('packageNo', 'give a packageNo, or an Idempotency-Key instead');
    const found = await readMember(deps.db, path.id);
    if (!found || found.member.deletedAt !== null) return unknownMember;
    const place = await namespaceOf(deps.db, sourceOf(token, body.source));
    if ('code' in place) return place;
    const content = await contentFor(call);
    if ('code' in content) return content;
    const taken = await takeKey(call);
    if (taken) return taken;
    const packageNo = body.packageNo ?? (await commandId(call));
    const data = {
      packageNo,
      store: { id: storeIdOf(body.store) },
      associate: body.associate == null ? null : { id: storeIdOf(body.associate) },
      ...content,
    };
    const { namespace } = place;
    const asked = {
      packageId: packageIdOf(namespace, packageNo),
      namespace,
      memberId: found.member.id,
      data,
    };
    const answer = await sellPackage(deps.engine, asked, now);
    if ('undecided' in answer) return notDecided;
    if ('isNobody' in answer) return unknownMember;
    if ('miss' in answer) return packageProblem(answer.miss);
    const success = created(viewPackage(answer.done, now));
    if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
    return success;
  },
});

const list = route({
  method: 'GET',
  path: '/members/{id}/packages',
  tag: 'Packages',
  summary: 'Packages of a member, with what is left of them (套餐、次卡、留存)',
  description: 'Newest first; those that are used up, over or paid back are among them.',
  scope: 'pos',
  statuses: [200],
  refusals: { 404: ['unknown_member'] },
  params,
  query: z.strictObject(pageQuery),
  answer: listOf('PackageList', PackageAnswer),
  handle: async ({ deps, params: { id }, query, now }) => {
    const found = await readMember(deps.db, id);
    if (!found) return unknownMember;
    return paged(
      query,
      newestFirst(
        (before, limit) => packagesOf(deps.db, found.member.id, before, limit),
        ({ soldAt, id: packageId }) => ({ at: soldAt, id: packageId }),
      ),
      (held) => viewPackage(held, now),
    );
  },
});

export const packageSaleRoutes = [sell, list];
