/** 会员的券包: what Huike's own public API says of the person who holds the phone. */
import type { SandboxEnv } from '../env.ts';

export async function walletOf(env: SandboxEnv, phone: string | null) {
  const found = phone === null ? null : await readApi(env, `/members?phone=${encodeURIComponent(phone)}`);
  const id = itemsOf(found).map(idOf)[0] ?? null;
  if (id === null) return { member: null, coupons: [], points: [], money: [] };
  const path = `/members/${encodeURIComponent(id)}`;
  const [member, coupons, points, money] = await Promise.all([
    readApi(env, path),
    readApi(env, `${path}/coupons`),
    readApi(env, `${path}/ledger?account=points`),
    readApi(env, `${path}/ledger?account=wallet`),
  ]);
  return { member, coupons: itemsOf(coupons), points: itemsOf(points), money: itemsOf(money) };
}

/** The token stays on this side; the page never sees it. Null is whatever was not answered with 200. */
async function readApi(env: SandboxEnv, path: string): Promise<unknown> {
  const request = new Request(new URL(`/api/v1${path}`, env.PUBLIC_URL), {
    headers: { authorization: `Bearer ${env.API_TOKEN}` },
  });
  const response = await env.HUIKE.fetch(request);
  const body: unknown = await response.json().catch(() => null);
  return response.ok ? body : null;
}

function itemsOf(list: unknown): readonly unknown[] {
  return isRecord(list) && Array.isArray(list['items']) ? list['items'] : [];
}

function idOf(item: unknown): string | null {
  return isRecord(item) && typeof item['id'] === 'string' ? item['id'] : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
