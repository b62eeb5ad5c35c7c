/** Normalises a stored body with its source's adapter. */
import type { InboxEvent, Source } from '../../schema/index.ts';
import { upkeepOf } from '../db/sources/source-upkeep.ts';
import type { SourceCache } from '../db/sources/sources.ts';
import type { DailyCap } from '../decide/allowances.ts';
import { addDays, atHour, localDate } from '../decide/plain/dates.ts';
import { failed } from '../engine/closings.ts';
import type { Normalised } from '../engine/engine.ts';
import { adapterNamed } from './erp/index.ts';
import { normalisePay } from './pay/pay-events.ts';
import { paySourceId } from './pay/pay.ts';
import { normaliseWechat } from './wechat/wechat-events.ts';
import { wechatSourceId } from './wechat/wechat.ts';
import { underApp } from './whose-openid.ts';
import { normaliseWecom } from './wecom/wecom-events.ts';
import { wecomSourceId } from './wecom/wecom.ts';

/** Sources of Tencent itself; no source may be registered under these names. */
const ours = new Map<string, (row: InboxEvent) => Normalised>([
  [wechatSourceId, normaliseWechat],
  [paySourceId, normalisePay],
  [wecomSourceId, normaliseWecom],
]);

export async function normaliseRows(
  rows: readonly InboxEvent[],
  sources: SourceCache,
): Promise<readonly Normalised[]> {
  const ids = new Set(rows.map(({ sourceId }) => sourceId).filter((id) => !ours.has(id)));
  // A replay follows a correction, most likely of the source's settings, so they are read anew.
  if (rows.some(isToldAgain)) await sources.renew();
  else if (ids.size > 0) await sources.renewOld();
  const known = new Map(
    await Promise.all([...ids].map(async (id) => [id, await sources.known(id)] as const)),
  );
  return rows.map((row) => {
    const own = ours.get(row.sourceId);
    return own ? own(row) : normalise(row, known.get(row.sourceId) ?? null);
  });
}

const isToldAgain = ({ state, decidedAt }: InboxEvent): boolean => state === 'received' && decidedAt !== null;

export function normalise(
  row: InboxEvent,
  source: Pick<Source, 'adapter' | 'namespace' | 'config'> | null,
): Normalised {
  const adapter = source && adapterNamed(source.adapter);
  if (!source || !adapter) return { parked: { code: 'SOURCE_GONE', sourceId: row.sourceId } };
  try {
    const normalised = adapter.normalise(row, source);
    if (!('event' in normalised)) return normalised;
    const event = underApp(normalised.event, source.config);
    const cap = capOf(row, source.config);
    return { ...normalised, event, ...(cap !== null && { cap }) };
  } catch (error) {
    // A bug in an adapter parks only the event that met it.
    return { parked: failed(error) };
  }
}

/** Counted by the day of arrival: replaying parked events does not avoid the limit, which has to be raised. */
function capOf({ sourceId, trust, receivedAt }: InboxEvent, config: Source['config']): DailyCap | null {
  const { effectsPerDayMax, zone } = upkeepOf(config);
  if (effectsPerDayMax == null || (trust !== 'weak' && trust !== 'token')) return null;
  const date = localDate(receivedAt, zone);
  const [from, to] = [atHour(date, 0, zone), atHour(addDays(date, 1), 0, zone)];
  return { sourceId, date, from, to, max: effectsPerDayMax };
}
