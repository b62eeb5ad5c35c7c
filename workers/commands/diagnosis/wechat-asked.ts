/** 问问微信: calls without side effects, each bounded in time by its client, and what the answers say about the account. */
import type { MerchantSettings } from '../../../schema/index.ts';
import type { Answer } from '../../engine/wechat-account.ts';
import { addressIn } from '../../platform/address.ts';
import { fatal, minor, type Diagnosis, type Finding } from './finding.ts';

type Reply = { readonly errcode: number; readonly errmsg: string };
type Template = { readonly id: string; readonly fields: readonly string[] };

export type AccountCalls = {
  /** Needs a token and a listed address, and nothing else. */
  readonly callbackIps: () => Promise<Answer<Reply>>;
  readonly templates: () => Promise<Answer<Reply & { readonly templates: readonly Template[] | null }>>;
  readonly quota: (
    path: string,
  ) => Promise<Answer<Reply & { readonly quota: { readonly limit: number; readonly left: number } | null }>>;
  readonly checkCallback: () => Promise<
    Answer<Reply & { readonly check: { readonly pings: readonly { readonly packetLoss: string }[] } | null }>
  >;
};

/** What messages go by. */
const paths = ['/cgi-bin/message/template/send', '/cgi-bin/message/custom/send'];
/** Below this part of its day a shop should know. */
const lowRate = 0.1;

/** Everything else is asked only when WeChat takes our calls at all. */
export async function askWechat(
  calls: AccountCalls,
  { wechatTemplates }: Pick<MerchantSettings, 'wechatTemplates'>,
): Promise<Diagnosis> {
  const refused = refusedAs(await calls.callbackIps());
  if (refused) return { findings: [refused], isAsked: false };
  const [templates, check, ...quotas] = await Promise.all([
    calls.templates(),
    calls.checkCallback(),
    ...paths.map(async (path) => quotaFindings(path, await calls.quota(path))),
  ]);
  return {
    findings: [
      ...(refusalOf('templates', templates) ?? templateFindings(wechatTemplates, templates)),
      ...(refusalOf('callback', check) ?? pingFindings(check)),
      ...quotas.flat(),
    ],
    isAsked: true,
  };
}

/** What the codes say about the account itself (wechat.md §4.1, §4.2). */
const meanings: ReadonlyMap<number, string> = new Map([
  [40013, 'bad-app-id'],
  [40125, 'bad-app-secret'],
  [41004, 'app-secret-not-sent'],
  [40243, 'app-secret-frozen'],
  [40164, 'ip-not-whitelisted'],
  [61004, 'ip-not-whitelisted.platform'],
  [48001, 'no-permission'],
  [45009, 'quota'],
]);

function refusedAs(answer: Answer<Reply>): Finding | null {
  if (answer.ok && answer.reply.errcode === 0) return null;
  // When a token is refused, WeChat's error code says why.
  const { errcode, errmsg } = answer.ok
    ? answer.reply
    : { errcode: Number(/\b(4\d{4}|61004)\b/.exec(answer.detail)?.[1]), errmsg: answer.detail };
  const code = meanings.get(errcode);
  const ip = addressIn(errmsg);
  if (code !== undefined) return fatal(code, ip === null ? {} : { ip });
  if (!answer.ok) return fatal(`unreachable.${answer.outage}`);
  return fatal(`wechat.${errcode}`, { errcode: String(errcode), errmsg: errmsg.slice(0, 120) });
}

/** Of one of the further questions; null when it was answered. Only what says that the account may not do it is serious. */
function refusalOf(about: string, answer: Answer<Reply>): Finding[] | null {
  if (!answer.ok) return [minor(`unasked.${about}`, { why: answer.detail })];
  const { errcode, errmsg } = answer.reply;
  if (errcode === 0) return null;
  if (errcode === 48001 && about === 'templates') return [fatal('no-permission')];
  return [minor(`unasked.${about}`, { why: `${errcode} ${errmsg.slice(0, 120)}` })];
}

function templateFindings(
  chosen: MerchantSettings['wechatTemplates'],
  answer: Awaited<ReturnType<AccountCalls['templates']>>,
): Finding[] {
  const known = new Map((answer.ok ? answer.reply.templates : null)?.map(({ id, fields }) => [id, fields]));
  return Object.entries(chosen).flatMap(([kind, { id, fields }]) => {
    const there = known.get(id);
    if (!there) return [minor('template.unknown', { kind })];
    const own = Object.keys(fields);
    const wrong = own.filter((field) => !there.includes(field));
    const empty = there.filter((field) => !own.includes(field));
    if (wrong.length > 0) return [minor('template.foreign-field', { kind, fields: wrong.join('、') })];
    return empty.length > 0 ? [minor('template.empty-field', { kind, fields: empty.join('、') })] : [];
  });
}

/** Nothing that WeChat sent came through. */
function pingFindings(answer: Awaited<ReturnType<AccountCalls['checkCallback']>>): Finding[] {
  const pings = (answer.ok ? answer.reply.check?.pings : null) ?? [];
  const isLost = pings.length > 0 && pings.every(({ packetLoss }) => Number.parseFloat(packetLoss) >= 100);
  return isLost ? [minor('callback-unreachable')] : [];
}

function quotaFindings(path: string, answer: Awaited<ReturnType<AccountCalls['quota']>>): Finding[] {
  const quota = answer.ok ? answer.reply.quota : null;
  // Not to be had by every way, and no fault of the account.
  if (!quota) return [];
  const way = path.includes('template') ? 'template' : 'custom';
  if (quota.left <= 0) return [fatal(`quota-used-up.${way}`)];
  return quota.left < quota.limit * lowRate ? [minor(`quota-low.${way}`, { left: String(quota.left) })] : [];
}
