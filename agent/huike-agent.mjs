#!/usr/bin/env node
/**
 * 回客推送助手: reads what an on-premise till exports (a folder of CSV files, or SQL Server) and sends it to Huike in signed
 * batches. Killed at any moment it goes on where it was; what is sent twice is recognised there. Node 18 or later, nothing else.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const eventsPerBatch = 500;
const batchBytesMax = 800_000;
const requestTimeoutMs = 30_000;
const backOffFirstMs = 2_000;
const backOffMaxMs = 300_000;
/** What was sent of these many orders, members and products is remembered, so that a file that grows is not sent anew. */
const seenMax = 50_000;
const fileBytesMax = 50_000_000;

const log = (text) => console.log(`${new Date().toISOString()} ${text}`);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// ─── 配置 ───

function readConfig(path) {
  const config = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  for (const key of ['url', 'secret', 'inputs']) if (!config[key]) throw new Error(`配置缺少 ${key}`);
  if (!config.url.startsWith('https:') && !/^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(config.url)) {
    throw new Error('url 必须以 https:// 开头');
  }
  const here = dirname(resolve(path));
  const inputs = config.inputs.map((input, place) => ({
    name: `input${place + 1}`,
    kind: 'sales',
    columns: {},
    ...input,
  }));
  for (const { name, kind, folder, sqlServer } of inputs) {
    if (!kinds[kind]) throw new Error(`${name}: kind 应为 ${Object.keys(kinds).join('、')}`);
    if (Boolean(folder) === Boolean(sqlServer)) throw new Error(`${name}: folder 与 sqlServer 填且只填一个`);
  }
  return {
    offset: '+08:00',
    everySeconds: 60,
    settleSeconds: 10,
    historyAfterDays: 7,
    ...config,
    inputs,
    here,
    statePath: resolve(here, config.state ?? 'huike-agent-state.json'),
  };
}

// ─── 位置: written to another file, flushed, then renamed: the old state or the new one, never half of it ───

function readState(path) {
  const empty = { files: {}, marks: {}, seen: {} };
  if (!existsSync(path)) return empty;
  try {
    return { ...empty, ...JSON.parse(readFileSync(path, 'utf8')) };
  } catch {
    renameSync(path, `${path}.broken`);
    log(`状态文件损坏，已改名为 ${path}.broken，从头开始；已发送过的内容不会重复生效`);
    return empty;
  }
}

function writeState(path, state) {
  const names = Object.keys(state.seen);
  for (const name of names.slice(0, Math.max(0, names.length - seenMax))) delete state.seen[name];
  const file = openSync(`${path}.tmp`, 'w');
  writeSync(file, JSON.stringify(state));
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
}

// ─── 表格 ───

function decode(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Rows as objects by heading; `line` is where a row begins as a spreadsheet counts. */
function readCsv(text) {
  const [head = ''] = text.split(/\r|\n/, 1);
  const separator = [',', '\t', ';', '|'].reduce((best, one) =>
    head.split(one).length > head.split(best).length ? one : best,
  );
  const table = [];
  let [row, cell, isQuoted] = [[], '', false];
  const endRow = () => {
    row.push(cell);
    table.push(row);
    [row, cell] = [[], ''];
  };
  for (let place = 0; place < text.length; place += 1) {
    const character = text[place];
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[place + 1] === '"') cell += text[(place += 1)];
      else isQuoted = false;
    } else if (character === '"' && cell.trim() === '') [isQuoted, cell] = [true, ''];
    else if (character === separator) [row, cell] = [[...row, cell], ''];
    else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  if (cell !== '' || row.length > 0) endRow();
  const [header = [], ...body] = table;
  const names = header.map((name) => name.replace(/^\uFEFF/, '').trim());
  return body
    .map((cells, place) => ({
      line: place + 2,
      cells: Object.fromEntries(names.map((name, at) => [name, plain(cells[at] ?? '')])),
    }))
    .filter(({ cells }) => Object.values(cells).some((value) => value !== ''));
}

const plain = (cell) =>
  cell
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'(?=[=+\-@])/, '');

// ─── 字段: the columns of Huike's import template; `columns` in the configuration names others ───

const headings = {
  orderNo: ['订单号', '单号', '小票号', '流水号', '单据号'],
  type: ['单据类型', '类型'],
  originalOrderNo: ['原单号', '原订单号'],
  occurredAt: ['销售时间', '时间', '日期', '交易时间', '单据日期'],
  storeId: ['门店编号', '门店编码', '店号', '门店'],
  storeName: ['门店名称', '店名'],
  associateId: ['导购编号', '营业员编号'],
  associateName: ['导购', '营业员'],
  externalId: ['会员编号', '会员ID'],
  cardNo: ['会员卡号', '卡号'],
  phone: ['会员手机号', '手机号', '手机', '电话'],
  memberName: ['会员姓名', '姓名'],
  level: ['会员等级', '等级'],
  sku: ['商品编码', '货号', '条码', '商品条码'],
  name: ['商品名称', '品名', '名称'],
  categoryIds: ['分类编号', '分类编码'],
  categoryNames: ['分类名称', '分类'],
  brand: ['品牌'],
  quantity: ['数量', '销售数量'],
  amount: ['金额(元)', '金额（元）', '金额', '小计', '实收金额'],
  amountFen: ['金额(分)', '金额（分）'],
  paid: ['整单实收(元)', '整单实收（元）', '整单实收', '实收'],
  version: ['版本', '更新时间'],
};

/** The row under our names; a heading given in the configuration goes before those we know. */
function toFields({ line, cells }, columns) {
  const fields = { line };
  for (const [key, known] of Object.entries(headings)) {
    const heading = [columns[key], key, ...known].find(
      (name) => name !== undefined && cells[name] !== undefined,
    );
    if (heading !== undefined && cells[heading] !== '') fields[key] = cells[heading];
  }
  return fields;
}

class BadRow extends Error {}

function need(fields, key) {
  if (fields[key] === undefined) throw new BadRow(`第 ${fields.line} 行缺少“${headings[key][0]}”`);
  return fields[key];
}

/** By moving the point; never by multiplying. */
function whole(text, places, what) {
  const [, sign, digits, part = ''] = /^([+-]?)[¥￥]?\s*(\d[\d,]*)(?:\.(\d+))?$/.exec(text) ?? [];
  const fits = digits !== undefined && /^0*$/.test(part.slice(places));
  if (!fits) throw new BadRow(`“${text}”不是${what}`);
  const value = Number(digits.replaceAll(',', '') + part.slice(0, places).padEnd(places, '0'));
  return sign === '-' ? -value : value;
}

const fenOf = ({ amount, amountFen }) =>
  amountFen === undefined ? whole(amount, 2, '以元为单位的金额') : whole(amountFen, 0, '以分为单位的金额');

function quantityOf(text) {
  const milli = Math.abs(whole(text, 3, '数量'));
  const part = String(milli % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${Math.trunc(milli / 1000)}${part && `.${part}`}`;
}

function instantOf(text, offset) {
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] =
    /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:\d\d)?$/.exec(
      text,
    ) ?? [];
  if (year === undefined) throw new BadRow(`“${text}”不是时间`);
  const two = (part) => part.padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}${zone ?? offset}`;
}

function phoneOf(text) {
  if (text === undefined) return undefined;
  if (!/^1\d{10}$/.test(text)) throw new BadRow(`“${text.slice(0, 3)}…”不是 11 位手机号`);
  return text;
}

/** Absent is "not given". */
const given = (entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
const split = (text, separator) =>
  (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);

// ─── 事件: contract "Canonical ERP event"; `name` is what the thing is called in every file ───

function memberOf({ externalId, cardNo, phone, memberName, level }) {
  const numbers = given({ externalId, cardNo, phone: phoneOf(phone) });
  return Object.keys(numbers).length === 0
    ? undefined
    : { ...numbers, ...given({ name: memberName, level }) };
}

function toOrder(rows, offset) {
  const [first] = rows;
  const of = (key) => rows.find((row) => row[key] !== undefined)?.[key];
  const orderNo = need(first, 'orderNo');
  const isNegative = (row) =>
    [row.quantity, row.amount ?? row.amountFen].some((text) => text?.startsWith('-'));
  const isRefund = /退|return|refund/i.test(of('type') ?? '') || rows.every(isNegative);
  const lines = rows.map((row, place) => {
    if (row.amountFen === undefined) need(row, 'amount');
    const categoryIds = split(row.categoryIds, /[/>,，]/);
    return {
      ...given({ lineNo: String(place + 1), sku: need(row, 'sku'), name: row.name, brand: row.brand }),
      ...(categoryIds.length > 0 && { categoryIds }),
      kind: isNegative(row) && !isRefund ? 'exchange_in' : 'normal',
      quantity: quantityOf(need(row, 'quantity')),
      amountFen: Math.abs(fenOf(row)),
    };
  });
  const linesFen = lines.reduce(
    (sum, { kind, amountFen }) => sum + (kind === 'exchange_in' ? -amountFen : amountFen),
    0,
  );
  const paidFen = of('paid') === undefined ? linesFen : whole(of('paid'), 2, '以元为单位的金额');
  const member = memberOf(first);
  const common = given({ store: given({ id: need(first, 'storeId'), name: first.storeName }), member });
  const occurredAt = instantOf(need(first, 'occurredAt'), offset);
  if (isRefund) {
    const original = of('originalOrderNo');
    const data = {
      refundNo: orderNo,
      ...given({ orderNo: original }),
      scope: original === undefined ? 'no_original' : 'partial',
      ...common,
      lines,
      amounts: { refundedFen: Math.abs(paidFen) },
    };
    return { name: `refund:${orderNo}`, type: 'refund.completed', occurredAt, data };
  }
  const associate =
    of('associateId') === undefined ? undefined : given({ id: of('associateId'), name: of('associateName') });
  const data = {
    orderNo,
    ...common,
    ...given({ associate }),
    lines,
    amounts: { paidFen: Math.max(0, paidFen) },
  };
  return { name: `sale:${orderNo}`, type: 'sale.completed', occurredAt, data };
}

function toMember(row) {
  const data = memberOf({ ...row, memberName: row.memberName ?? row.name });
  if (!data) throw new BadRow(`第 ${row.line} 行没有会员编号、卡号或手机号`);
  return { name: `member:${data.externalId ?? data.cardNo ?? data.phone}`, type: 'member.updated', data };
}

function toProduct(row) {
  const sku = need(row, 'sku');
  const [ids, names] = [split(row.categoryIds, /[/>]/), split(row.categoryNames, /[/>]/)];
  const deepest = ids.length > names.length ? ids : names;
  const categoryPath = deepest.map((_, place) => ({
    id: ids[place] ?? names.slice(0, place + 1).join('/'),
    name: names[place] ?? '',
  }));
  return {
    name: `product:${sku}`,
    type: 'product.upserted',
    data: { ...given({ sku, name: need(row, 'name'), brand: row.brand }), categoryPath },
  };
}

const kinds = {
  sales: { key: 'orderNo', make: toOrder },
  members: { key: 'line', make: ([row]) => toMember(row) },
  products: { key: 'line', make: ([row]) => toProduct(row) },
};

/**
 * Rows as events, in their order; a bad row costs its own order and is named in the log. `moment` stands for a version and a time
 * where the rows have none: it rises with every export, and is the same when the same export is read again.
 */
function toEvents(rows, { kind, columns, name }, { offset, historyAfterDays }, moment) {
  const groups = new Map();
  for (const row of rows.map((one) => toFields(one, columns))) {
    const key = String(row[kinds[kind].key] ?? `?${row.line}`);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const events = [];
  for (const group of groups.values()) {
    try {
      const made = kinds[kind].make(group, offset);
      const version = versionOf(group, moment);
      const hash = createHash('sha256')
        .update(JSON.stringify([made.occurredAt, made.data]))
        .digest('hex')
        .slice(0, 16);
      const data = made.type === 'sale.completed' ? { ...made.data, version } : made.data;
      const occurredAt = made.occurredAt ?? new Date(moment).toISOString();
      const event = {
        type: made.type,
        id: `${made.name}@${version}`.slice(0, 128),
        occurredAt,
        ...(isHistory(made, historyAfterDays) && { history: true }),
        data,
      };
      events.push({ name: made.name, hash, event });
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      log(`[${name}] 未发送：${error.message}`);
    }
  }
  return events;
}

/** 历史: old receipts count, and give and wake nothing; who stands in a list of members did not join today. */
function isHistory({ type, occurredAt }, historyAfterDays) {
  if (type.startsWith('member.')) return true;
  if (occurredAt === undefined || historyAfterDays === null) return false;
  return Date.parse(occurredAt) < Date.now() - historyAfterDays * 86_400_000;
}

/** A number that rises: the latest of the rows' own, or of their times of change, or the moment of the export. */
function versionOf(rows, moment) {
  const versions = rows.flatMap(({ version }) => {
    if (version === undefined) return [];
    const at = /^\d{1,15}$/.test(version)
      ? Number(version)
      : Date.parse(`${version.replaceAll('/', '-').replace(' ', 'T')}Z`);
    return Number.isNaN(at) ? [] : [at];
  });
  return String(versions.length > 0 ? Math.max(...versions) : moment);
}

// ─── 发送: Standard Webhooks ───

function sign(secret, id, timestamp, body) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Until it is acknowledged, however long that takes. A batch that is refused as such is halved until the one event is found. */
async function send({ url, secret }, events) {
  const body = JSON.stringify({ events });
  for (let attempt = 1; ; attempt += 1) {
    const id = `msg_${randomUUID()}`;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': sign(secret, id, timestamp, body),
    };
    let retryAfterMs = 0;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(requestTimeoutMs),
      });
      const text = await response.text();
      if (response.ok) return;
      if (response.status === 413 || response.status === 400) {
        if (events.length === 1) return log(`服务器不接受 ${events[0].id}，已跳过：${text.slice(0, 200)}`);
        const middle = Math.ceil(events.length / 2);
        await send({ url, secret }, events.slice(0, middle));
        return await send({ url, secret }, events.slice(middle));
      }
      retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1000 || 0;
      log(`服务器答复 ${response.status}：${text.slice(0, 200)}`);
    } catch (error) {
      log(`发送失败：${error instanceof Error ? error.message : String(error)}`);
    }
    const doubled = Math.min(backOffMaxMs, backOffFirstMs * 2 ** Math.min(attempt - 1, 10));
    await sleep(Math.max(retryAfterMs, doubled * (0.5 + Math.random() / 2)));
  }
}

/** What was sent before with the same content is left out; after each acknowledged batch the state says so. */
async function deliver(config, state, events) {
  const news = events.filter(({ name, hash }) => state.seen[name] !== hash);
  let batch = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await send(
      config,
      batch.map(({ event }) => event),
    );
    for (const { name, hash } of batch) {
      delete state.seen[name];
      state.seen[name] = hash;
    }
    writeState(config.statePath, state);
    const old = batch.filter(({ event }) => event.history && !event.type.startsWith('member.')).length;
    log(`已送达 ${batch.length} 条${old > 0 ? `（其中 ${old} 条按历史：计入消费，不给积分和优惠）` : ''}`);
    [batch, bytes] = [[], 0];
  };
  for (const one of news) {
    const size = Buffer.byteLength(JSON.stringify(one.event));
    if (batch.length >= eventsPerBatch || bytes + size > batchBytesMax) await flush();
    batch.push(one);
    bytes += size;
  }
  await flush();
}

// ─── 来源 ───

/** Files that are finished (not written to for a while) and new or changed since they were read. */
async function readFolder(config, state, input) {
  const folder = resolve(config.here, input.folder);
  const names = readdirSync(folder)
    .filter((name) => /\.(csv|txt)$/i.test(name))
    .sort();
  for (const fileName of names) {
    const path = join(folder, fileName);
    const { size, mtimeMs } = statSync(path);
    const moment = Math.floor(mtimeMs);
    const mark = `${size}/${moment}`;
    const key = `${input.name}/${fileName}`;
    const ageMs = Date.now() - moment;
    // A file dated ahead (a wrong clock) is not being written to for ever.
    const isSettled = ageMs >= config.settleSeconds * 1000 || ageMs < 0;
    if (state.files[key] === mark || !isSettled) continue;
    if (size > fileBytesMax) {
      log(`[${input.name}] ${fileName} 超过 ${fileBytesMax / 1_000_000} MB，请分小后再导出`);
      continue;
    }
    const events = toEvents(readCsv(decode(readFileSync(path))), input, config, moment);
    await deliver(config, state, events);
    // Only now: killed before, the file is read again, and what was delivered of it is left out.
    state.files[key] = mark;
    writeState(config.statePath, state);
  }
}

/** The query is asked for everything since the last mark; `markColumn` is the column it is ordered by. */
async function readSqlServer(config, state, input) {
  const {
    connection,
    query,
    markColumn,
    overlapMinutes = 10,
    start = '2000-01-01 00:00:00',
  } = input.sqlServer;
  let mssql;
  try {
    mssql = (await import('mssql')).default;
  } catch {
    throw new Error('连接 SQL Server 需要先执行：npm install mssql');
  }
  const mark = state.marks[input.name] ?? start;
  const since = new Date(Date.parse(`${mark.replace(' ', 'T')}Z`) - overlapMinutes * 60_000);
  const pool = await new mssql.ConnectionPool(connection).connect();
  try {
    const { recordset } = await pool.request().input('since', mssql.DateTime2, since).query(query);
    const rows = recordset.map((record, place) => ({
      line: place + 1,
      cells: Object.fromEntries(Object.entries(record).map(([name, value]) => [name, textOf(value)])),
    }));
    const last =
      rows
        .map(({ cells }) => cells[markColumn] ?? '')
        .sort()
        .at(-1) || mark;
    const moment = Date.parse(`${last.replace(' ', 'T')}Z`) || 1;
    await deliver(config, state, toEvents(rows, input, config, moment));
    state.marks[input.name] = last > mark ? last : mark;
    writeState(config.statePath, state);
  } finally {
    await pool.close();
  }
}

/** SQL Server's times have no zone; the driver calls them UTC, so that their own digits come back. */
function textOf(value) {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace(/Z$/, '');
  return String(value).trim();
}

// ─── 运行 ───

async function round(config) {
  const state = readState(config.statePath);
  for (const input of config.inputs) {
    try {
      await (input.folder ? readFolder(config, state, input) : readSqlServer(config, state, input));
    } catch (error) {
      log(`[${input.name}] ${error instanceof Error ? error.message : String(error)}`);
      if (config.isOnce) process.exitCode = 1;
    }
  }
}

async function main([path = 'huike-agent.json', ...flags]) {
  const config = { ...readConfig(path), isOnce: flags.includes('--once') };
  log(`回客推送助手已启动，${config.inputs.length} 个来源，每 ${config.everySeconds} 秒一次`);
  do {
    await round(config);
    if (!config.isOnce) await sleep(config.everySeconds * 1000);
  } while (!config.isOnce);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
