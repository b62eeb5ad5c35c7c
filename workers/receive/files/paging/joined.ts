/** 合并报告: the reports of all pages of a file as the report of the file. */
import {
  numberings,
  reportedErrorsMax,
  reportedSampleMax,
  type Balances,
  type Foreseen,
  type History,
  type ImportReport,
} from '../../../../schema/index.ts';
import { historyWords } from '../../../words/files/history-words.ts';

/** `notes` are the sheet's, which no page knows. Null without pages. */
export function joined(reports: readonly ImportReport[], notes: readonly string[]): ImportReport | null {
  const [first] = reports;
  if (!first) return null;
  const sum = (count: (report: ImportReport) => number): number =>
    reports.reduce((all, report) => all + count(report), 0);
  const suggested = reports.flatMap(({ suggestedNumbering }) => suggestedNumbering ?? []);
  return {
    kind: first.kind,
    mode: first.mode,
    rows: sum(({ rows }) => rows),
    records: sum(({ records }) => records),
    fresh: sum(({ fresh }) => fresh),
    changed: sum(({ changed }) => changed),
    unchanged: sum(({ unchanged }) => unchanged),
    badRows: sum(({ badRows }) => badRows),
    errors: errorsOf(reports),
    ignoredColumns: first.ignoredColumns,
    numbering: first.numbering,
    // From coarse to fine: the finest tells all of them apart.
    suggestedNumbering: numberings.findLast((one) => suggested.includes(one)) ?? null,
    warnings: [...new Set([...notes, ...reports.flatMap(({ warnings }) => warnings)])],
    history: historyOf(first, reports),
    balances: balancesOf(reports),
    sample: reports.flatMap(({ sample }) => sample).slice(0, reportedSampleMax),
  };
}

/** A fault of the heading is said on every page, and once of the file. */
function errorsOf(reports: readonly ImportReport[]): ImportReport['errors'] {
  const errors = new Map(
    reports.flatMap((report) => report.errors).map((error) => [JSON.stringify(error), error]),
  );
  return [...errors.values()].toSorted((a, b) => a.line - b.line).slice(0, reportedErrorsMax);
}

function historyOf({ kind, history }: ImportReport, reports: readonly ImportReport[]): History {
  const { asked, before } = history;
  const told = {
    records: reports.reduce((all, report) => all + report.history.records, 0),
    others: reports.reduce((all, report) => all + report.history.others, 0),
    gives: givesOf(reports),
  };
  const says = historyWords({
    kind,
    asked,
    before: before === null ? null : Date.parse(before),
    history: told.records,
    others: told.others,
    gives: told.gives,
  });
  return { asked, before, ...told, says };
}

function givesOf(reports: readonly ImportReport[]): Foreseen | null {
  const given = reports.flatMap(({ history }) => history.gives ?? []);
  const [first, ...rest] = given;
  if (!first) return null;
  return rest.reduce<Foreseen>(
    (all, one) => ({
      reckoned: all.reckoned + one.reckoned,
      points: all.points + one.points,
      growth: all.growth + one.growth,
      walletFen: all.walletFen + one.walletFen,
      coupons: all.coupons + one.coupons,
      messages: all.messages + one.messages,
      reminders: all.reminders + one.reminders,
    }),
    first,
  );
}

function balancesOf(reports: readonly ImportReport[]): Balances | null {
  const [first, ...rest] = reports.flatMap(({ balances }) => balances ?? []);
  if (!first) return null;
  return rest.reduce<Balances>(
    (all, one) => ({
      file: added(all.file, one.file),
      counted: added(all.counted, one.counted),
      waiting: all.waiting + one.waiting,
    }),
    first,
  );
}

function added(all: Balances['file'], one: Balances['file']): Balances['file'] {
  const levels = { ...all.levels };
  for (const [level, members] of Object.entries(one.levels)) levels[level] = (levels[level] ?? 0) + members;
  return {
    members: all.members + one.members,
    points: all.points + one.points,
    principalFen: all.principalFen + one.principalFen,
    bonusFen: all.bonusFen + one.bonusFen,
    levels,
  };
}
