/** 下载表格: what a list shows as a file for Excel, streamed page by page, up to a bound that the file itself names. */
import type { FC } from 'hono/jsx';
import { Act } from './parts.tsx';

export type CsvColumn<Row> = { readonly label: string; readonly text: (row: Row) => string };

export type CsvPage<Row, Place> = { readonly items: readonly Row[]; readonly next: Place | null };

export const csvPageRows = 500;
/** With what a request asks besides, fewer statements than the free plan allows. */
const pagesMax = 15;

type Source<Row, Place> = {
  /** What the file is called, in Chinese. */
  readonly name: string;
  readonly columns: readonly CsvColumn<Row>[];
  readonly first: Place;
  readonly read: (place: Place, limit: number) => Promise<CsvPage<Row, Place>>;
};

/** The first page is read before anything is answered: a fault is a page, not half a file. */
export async function csvResponse<Row, Place>(source: Source<Row, Place>): Promise<Response> {
  const { name, columns, first, read } = source;
  const encoder = new TextEncoder();
  const head = lineOf(columns.map(({ label }) => label));
  const linesOf = (rows: readonly Row[]): string =>
    rows.map((row) => lineOf(columns.map(({ text }) => text(row)))).join('');
  let page = await read(first, csvPageRows);
  let pages = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // Excel takes a file without this mark for something else than UTF-8.
      const start = pages === 0 ? `\uFEFF${head}` : '';
      controller.enqueue(encoder.encode(start + linesOf(page.items)));
      pages += 1;
      if (page.next === null) return controller.close();
      if (pages >= pagesMax) {
        controller.enqueue(encoder.encode(lineOf([`只到这里：后面还有，请缩小条件再下载。`])));
        return controller.close();
      }
      page = await read(page.next, csvPageRows);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      // RFC 6266, 4.3: the second name is for whoever can read it, which is every browser of this century.
      'content-disposition': `attachment; filename="huike.csv"; filename*=UTF-8''${encodeURIComponent(name)}.csv`,
      'cache-control': 'no-store',
    },
  });
}

const lineOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** What begins like a formula would be reckoned by Excel, whoever wrote it. */
function cellOf(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Asked for by a button: a link that somebody sends would export for them. */
export const Download: FC<{ action: string; token: string; query: URLSearchParams }> = ({
  action,
  token,
  query,
}) => (
  <div class="acts">
    <Act
      action={query.size === 0 ? action : `${action}?${query.toString()}`}
      token={token}
      label="下载表格"
    />
  </div>
);
