/** 券码表: the printed codes as a file, each with its state and with the address that claims it, for whoever prints them. */
import { listCodes, type ListedCode } from '../../../commands/coupons/list-codes.ts';
import { batchCodesMax } from '../../../../schema/index.ts';
import { claimPathOfCode } from '../../paths.ts';
import { csvResponse, type CsvColumn } from '../kit/csv.tsx';
import { moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { codeStateWords } from '../words/forms/promotions/batch.ts';
import { batchNotFound, batchOf, homeOf } from './batch-places.tsx';
import { batchesPath } from './batches.tsx';

/** A whole batch is one file: a page of codes is cheaper than one of members. */
const pageRows = batchCodesMax / 10;

export const batchCsv = screen({
  path: `${batchesPath}/:id/codes.csv`,
  title: '下载券码',
  who: office,
  post: async (visit) => {
    const batch = await batchOf(visit);
    if (batch?.definition.kind !== 'codes') return batchNotFound();
    const home = await homeOf(visit);
    const columns: CsvColumn<ListedCode>[] = [
      { label: '序号', text: ({ number }) => String(number) },
      { label: '券码', text: ({ code }) => code },
      { label: '领取地址', text: ({ code }) => home + claimPathOfCode(code) },
      { label: '状态', text: ({ state }) => codeStateWords[state] },
      {
        label: '领取时间',
        text: ({ claimedAt }) => (claimedAt === null ? '' : moment(claimedAt, visit.now)),
      },
    ];
    const { name, count } = batch.definition;
    await record(visit, {
      act: 'list.export',
      subject: '券码',
      before: null,
      after: { id: batch.id, name, count },
    });
    return csvResponse<ListedCode, number>({
      name: '券码',
      columns,
      first: 0,
      read: (from) => listCodes(visit.deps.engine, batch, { from, limit: pageRows }, visit.now),
    });
  },
});
