/** 银豹的答复: a page of receipts, members or goods, and the sale that a return returns; ids keep all of their digits. */
import type { OpenQuestion } from '../../../schema/index.ts';
import type { AnswerRead, PageRead, RawEvent } from './define.ts';
import { elementsAt, scalarAt, sliceAt } from './slices.ts';

/** Null when it says success, whatever its case. */
function fault(text: string): string | null {
  if (scalarAt(text, ['status'])?.toLowerCase() === 'success') return null;
  const code = scalarAt(text, ['errorCode']) ?? 'none';
  const messages = sliceAt(text, ['messages']) ?? '';
  return `银豹 answered errorCode ${code} ${messages.slice(0, 200)}`;
}

type Split = (body: string) => readonly RawEvent[];

export function readPage(text: string, stream: string, split: Split): PageRead {
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
  return { ok: true, ...readTickets(list, split), next };
}

/** As the adapter would call it had it been pushed, so that lists and filters know one word for it. */
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
      // Void before we ever saw it: it earned nothing, and there is nothing to take back.
      onlyIfKnown.push({ event: { senderId: `${sn}/void`, type, body }, senderId: sn });
    } else if (scalarAt(body, ['ticketType'])?.trim().toUpperCase() === 'SELL_RETURN') {
      questions.push({ senderId: sn, type, body });
    } else {
      events.push({ senderId: sn, type, body });
    }
  }
  return { events, questions, onlyIfKnown };
}

/** The return with the number of the sale it returns; without an original it goes on as it is. */
export function readAnswer(text: string, { senderId, type, body }: OpenQuestion): AnswerRead {
  const why = fault(text);
  if (why !== null) return { ok: false, why };
  const [first] = elementsAt(text, ['data']) ?? [];
  const sn = scalarAt(text, ['data', 'sn']) ?? (first === undefined ? null : scalarAt(first, ['sn']));
  const told = sn ? `${body.slice(0, -1)},"originalSn":${JSON.stringify(sn)}}` : body;
  return { ok: true, event: { senderId, type, body: told } };
}
