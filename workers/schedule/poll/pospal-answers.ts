/** 银豹的答复: a page of receipts, members or goods, and the sale that a return returns; ids keep all of their digits. */
import type { OpenQuestion } from '../../../schema/index.ts';
import type { AnswerRead, Counted, PageRead, RawEvent } from './define.ts';
import { elementsAt, scalarAt, sliceAt } from './kernel/slices.ts';

/** Null when it reports success, in any letter case. */
function fault(text: string): string | null {
  if (scalarAt(text, ['status'])?.toLowerCase() === 'success') return null;
  const code = scalarAt(text, ['errorCode']) ?? 'none';
  const messages = sliceAt(text, ['messages']) ?? '';
  return `银豹 answered errorCode ${code} ${messages.slice(0, 200)}`;
}

type Split = (body: string) => readonly RawEvent[];

export function readPage(text: string, stream: string, split: Split, shop: string | null): PageRead {
  const why = fault(text);
  if (why !== null) return { ok: false, why };
  const list = elementsAt(text, ['data', 'result']);
  if (list === null) return { ok: false, why: '银豹 answered without data.result' };
  const pageSize = Number(scalarAt(text, ['data', 'pageSize']) ?? 100);
  const page = sliceAt(text, ['data', 'postBackParameter']);
  const isLast = list.length < pageSize || page === null || page === 'null';
  const next = isLast ? null : page;
  if (stream !== 'tickets') {
    const events = list.flatMap((body): RawEvent[] => {
      const uid = scalarAt(body, [stream === 'customers' ? 'customerUid' : 'uid']);
      return uid === null ? [] : [{ senderId: `${stream}:${uid}`, type: typeOf(body, split), body }];
    });
    return { ok: true, events, questions: [], onlyIfKnown: [], next };
  }
  return {
    ok: true,
    ...readTickets(list, split),
    next,
    counted: list.flatMap((body) => countTicket(body, shop)),
  };
}

/** The type that the adapter would give a pushed record, so that lists and filters have one word. */
const typeOf = (body: string, split: Split): string => split(body)[0]?.type ?? 'pospal.unknown';

type Tickets = Pick<Extract<PageRead, { ok: true }>, 'events' | 'questions' | 'onlyIfKnown'>;

function readTickets(list: readonly string[], split: Split): Tickets {
  const events: RawEvent[] = [];
  const questions: RawEvent[] = [];
  const onlyIfKnown: { event: RawEvent; senderId: string }[] = [];
  for (const body of list) {
    const sn = scalarAt(body, ['sn'])?.trim();
    if (!sn) continue;
    const type = typeOf(body, split);
    if (scalarAt(body, ['invalid']) === '1') {
      // Voided before we received it: it earned nothing, and nothing is taken back.
      onlyIfKnown.push({ event: { senderId: `${sn}/void`, type, body }, senderId: sn });
    } else if (scalarAt(body, ['ticketType'])?.trim().toUpperCase() === 'SELL_RETURN') {
      questions.push({ senderId: sn, type, body });
    } else {
      events.push({ senderId: sn, type, body });
    }
  }
  return { events, questions, onlyIfKnown };
}

/** Voids and returns are no sales; the store has the adapter's name for it. */
function countTicket(body: string, shop: string | null): Counted[] {
  const isReturn = scalarAt(body, ['ticketType'])?.trim().toUpperCase() === 'SELL_RETURN';
  const date = scalarAt(body, ['datetime'])?.trim().slice(0, 10);
  if (isReturn || scalarAt(body, ['invalid']) === '1' || !scalarAt(body, ['sn']) || !date) return [];
  const named = ['storeAppId', 'appId', 'account'].map((key) => scalarAt(body, [key])).find(Boolean);
  const paidFen = Math.max(0, fenOfYuan(scalarAt(body, ['totalAmount']) ?? ''));
  return [{ date, store: shop ?? named ?? 'pospal', paidFen }];
}

/** By moving the point. A text that is no amount counts as 0 and shows as a difference. */
function fenOfYuan(yuan: string): number {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d{1,9})(?:\.(\d{1,2})0*)?$/.exec(yuan.trim()) ?? [];
  return Number(`${sign}${whole}${part.padEnd(2, '0')}`);
}

/** The return with the number of its sale; without an original it is stored as it is. */
export function readAnswer(text: string, { senderId, type, body }: OpenQuestion): AnswerRead {
  const why = fault(text);
  if (why !== null) return { ok: false, why };
  const [first] = elementsAt(text, ['data']) ?? [];
  const sn = scalarAt(text, ['data', 'sn']) ?? (first === undefined ? null : scalarAt(first, ['sn']));
  const told = sn ? `${body.slice(0, -1)},"originalSn":${JSON.stringify(sn)}}` : body;
  return { ok: true, event: { senderId, type, body: told } };
}
