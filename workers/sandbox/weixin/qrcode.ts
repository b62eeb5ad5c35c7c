/** 带参数二维码: temporary codes that end, permanent codes that are counted, and the scene behind each ticket. */
import * as z from 'zod';
import type { Here } from '../here.ts';
import { wordOf } from '../plain/random.ts';
import type { Call } from './endpoint.ts';
import { refusal } from './errors.ts';

/** What the oldest documents give a code that says nothing. */
const expirySecondsIfUnsaid = 30;
const expirySecondsMax = 2_592_000;
const permanentMax = 100_000;
const sceneIdMax = 100_000;
const int32Max = 0xff_ff_ff_ff;

const Text = z.object({ scene: z.object({ scene_str: z.string().min(1).max(64) }) });
const Number32 = z.object({ scene: z.object({ scene_id: z.int().min(1).max(int32Max) }) });
const Small = z.object({ scene: z.object({ scene_id: z.int().min(1).max(sceneIdMax) }) });

const Body = z.discriminatedUnion('action_name', [
  z.object({ action_name: z.literal('QR_SCENE'), action_info: Number32, expire_seconds: z.int().optional() }),
  z.object({ action_name: z.literal('QR_STR_SCENE'), action_info: Text, expire_seconds: z.int().optional() }),
  z.object({ action_name: z.literal('QR_LIMIT_SCENE'), action_info: Small }),
  z.object({ action_name: z.literal('QR_LIMIT_STR_SCENE'), action_info: Text }),
]);

export async function createQrcode({ here, body }: Call): Promise<Response> {
  if (body === null) return refusal(47001);
  const parsed = Body.safeParse(body);
  if (!parsed.success) return refusal(40053);
  const { action_info: info } = parsed.data;
  const scene = 'scene_str' in info.scene ? info.scene.scene_str : String(info.scene.scene_id);
  const expirySeconds = expiryOf(parsed.data);
  if (expirySeconds !== null && (expirySeconds < 1 || expirySeconds > expirySecondsMax))
    return refusal(40053);
  const ticket = `gQ${wordOf(66)}==`;
  const { meta } = await here.db
    .prepare(
      `INSERT INTO qrcodes SELECT ?1, ?2, ?3, ?4
       WHERE ?3 = 0 OR (SELECT count(*) FROM qrcodes WHERE permanent = 1) < ?5`,
    )
    .bind(ticket, scene, expirySeconds === null ? 1 : 0, here.now + (expirySeconds ?? 0) * 1000, permanentMax)
    .run();
  if (meta.changes === 0) return refusal(45029);
  const url = `http://weixin.qq.com/q/${wordOf(18)}`;
  return Response.json({
    ticket,
    ...(expirySeconds === null ? {} : { expire_seconds: expirySeconds }),
    url,
  });
}

/** Null for a permanent code. */
function expiryOf(body: z.infer<typeof Body>): number | null {
  switch (body.action_name) {
    case 'QR_SCENE':
    case 'QR_STR_SCENE':
      return body.expire_seconds ?? expirySecondsIfUnsaid;
    case 'QR_LIMIT_SCENE':
    case 'QR_LIMIT_STR_SCENE':
      return null;
    default:
      return body satisfies never;
  }
}

export type Code = { readonly ticket: string; readonly scene: string };

/** The code as somebody scans it; null when there is none, or none any more. */
export function codeOf({ db, now }: Here, by: { ticket: string } | { scene: string }): Promise<Code | null> {
  const [column, value] = 'ticket' in by ? ['ticket', by.ticket] : ['scene', by.scene];
  return db
    .prepare(
      `SELECT ticket, scene FROM qrcodes WHERE ${column} = ? AND (permanent = 1 OR ends_at > ?)
       ORDER BY ends_at DESC LIMIT 1`,
    )
    .bind(value, now)
    .first<Code>();
}
