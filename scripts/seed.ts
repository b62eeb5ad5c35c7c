/** 演示店铺: creates the sandbox's shop through the public API, so that the first page is not an empty one. */
import { products } from '../workers/sandbox/demo/goods.ts';
import {
  bathCard,
  campaigns,
  couponTemplates,
  exchangeItems,
  lottery,
  reminderPlans,
  topUpPlan,
} from '../workers/sandbox/demo/promotions.ts';
import { associates, members, stores } from '../workers/sandbox/demo/shop.ts';

const timeoutMs = 10_000;
const dayMs = 24 * 3_600_000;
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();
const dayIn = (days: number): string => inDays(days).slice(0, 10);

/** Run once on an empty database. Anything but a 2xx answer throws, except a member who is there already (409). */
export async function seedShop(baseUrl: string, apiToken: string): Promise<void> {
  const api = apiOf(baseUrl, apiToken);
  for (const { id, ...store } of stores) await api('PUT', `/stores/${id}`, store);
  for (const { id, ...associate } of associates) await api('PUT', `/associates/${id}`, associate);
  for (const { sku, name, categoryPath, brand, tags, pointsFactor, status } of products) {
    await api('PUT', `/products/${sku}`, { name, categoryPath, brand, tags, pointsFactor, status });
  }

  const templateIds = new Map<string, string>();
  for (const template of couponTemplates) {
    templateIds.set(template.name, idOf(await api('POST', '/coupon-templates', template)));
  }
  const templateId = (name: string): string => {
    const id = templateIds.get(name);
    if (id === undefined) throw new Error(`The demo shop has no coupon called ${name}.`);
    return id;
  };
  // Before the members, so that they too receive what a new member receives.
  for (const campaign of campaigns(templateId, inDays(-30))) await api('POST', '/campaigns', campaign);
  for (const plan of reminderPlans) await api('POST', '/reminder-plans', plan);
  for (const { coupon, ...item } of exchangeItems)
    await api('POST', '/exchange-items', { ...item, templateId: templateId(coupon) });
  const bathId = idOf(await api('POST', '/package-templates', bathCard));
  await api('POST', '/lotteries', lottery(templateId, dayIn(0), dayIn(30)));
  for (const member of members) {
    const made = await api('POST', '/members', member);
    const id = idIn(made);
    if (id !== null && member.externalId === saver) await payAhead(api, id, bathId);
  }
}

/** 李佳怡 has stored value and baths from the start; points, packets and purchases come with the first sale. */
const saver = 'M1003';

async function payAhead(api: Api, memberId: string, templateId: string): Promise<void> {
  const told = { rechargeNo: 'CZ-1', plan: topUpPlan.name, store: stores[0].id };
  await api('POST', `/members/${memberId}/stored-value/top-ups`, told);
  await api('POST', `/members/${memberId}/packages`, { packageNo: 'TC-1', templateId, store: stores[0].id });
}

type Api = (method: 'PUT' | 'POST', path: string, body: object) => Promise<unknown>;

function apiOf(baseUrl: string, apiToken: string): Api {
  return async (method, path, body) => {
    const response = await fetch(new URL(`/api/v1${path}`, baseUrl), {
      method,
      headers: {
        authorization: `Bearer ${apiToken}`,
        'content-type': 'application/json',
        'idempotency-key': `seed${path}/${'name' in body ? encodeURIComponent(String(body.name)) : ''}`,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const isThere = path === '/members' && response.status === 409;
    if (!response.ok && !isThere) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
}

function idIn(answer: unknown): string | null {
  const id: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'id') : undefined;
  return typeof id === 'string' ? id : null;
}

function idOf(answer: unknown): string {
  const id = idIn(answer);
  if (id === null) throw new Error('What was created has no id.');
  return id;
}
