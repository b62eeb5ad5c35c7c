/** 记录 in the database: what a fold added, in its order. */
import {
  contacts,
  couponMoves,
  erasures,
  outbox,
  pointsEnds,
  referralDues,
  referralMarks,
} from '../../../schema/index.ts';
import type { NoteName, NoteOf, Notes } from '../../decide/notes/index.ts';
import { noteReceipts } from '../outbox/arrivals.ts';
import { noteMassReceipts } from '../mass/mass-receipts.ts';
import { eraseCodes } from '../coupons/batch-codes.ts';
import { eraseFiles, fillFiles, writeFiles } from '../profile/member-files.ts';
import { eraseReferrals } from '../referrals/marks.ts';
import { eraseMergers } from '../members/mergers.ts';
import { insertAlerts } from '../upkeep/alerts.ts';
import { statement, type Statement } from '../db.ts';
import { insertSet, list, rowsOf, upsertSet } from '../set.ts';

const writers: { readonly [Name in NoteName]: (notes: readonly NoteOf<Name>[], now: number) => Statement[] } =
  {
    messages: (notes, now) => [
      insertSet(
        outbox,
        notes.map((note) => ({ ...note, state: 'pending' as const, attempts: 0, createdAt: now })),
        ['seq'],
      ),
    ],
    contacts: (notes) => [insertSet(contacts, notes, ['seq'])],
    receipts: (notes, now) => [...noteReceipts(notes, now), ...noteMassReceipts(notes, now)],
    permissions: (notes) => [
      statement(
        `INSERT INTO permissions (openid, template_id, stock, refused_at)
       WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, coalesce(v ->> 2, 0), v ->> 3 FROM r WHERE true
       ON CONFLICT (openid, template_id) DO UPDATE SET refused_at = excluded.refused_at,
         stock = CASE WHEN excluded.refused_at IS NULL THEN stock + excluded.stock ELSE 0 END`,
        list(
          notes.map(({ openid, templateId, by, refusedAt }) => [
            openid,
            templateId,
            by === 'none' ? 0 : by,
            refusedAt,
          ]),
        ),
      ),
    ],
    filesTold: fillFiles,
    filesWritten: writeFiles,
    erasures: (notes) => [
      upsertSet(erasures, notes),
      eraseMergers(notes.map(({ memberId }) => memberId)),
      eraseCodes(notes.map(({ memberId }) => memberId)),
      eraseFiles(notes.map(({ memberId }) => memberId)),
      eraseReferrals(notes.map(({ memberId }) => memberId)),
      statement(
        `UPDATE contacts SET text = NULL WHERE thread IN (SELECT value FROM json_each(?1))`,
        list(notes.map(({ memberId }) => memberId)),
      ),
      statement(
        `UPDATE coupon_moves SET reason = NULL WHERE reason IS NOT NULL AND coupon_id IN (
           SELECT c.id FROM coupons AS c WHERE c.member_id IN (SELECT value FROM json_each(?1))
             OR c.passed_by IN (SELECT value FROM json_each(?1)))`,
        list(notes.map(({ memberId }) => memberId)),
      ),
    ],
    alerts: (notes) => [insertAlerts(notes)],
    couponMoves: (notes) => [insertSet(couponMoves, notes, ['seq'])],
    pushClaims: (notes) => [
      statement(
        `UPDATE push_places SET coupon_id = j.value ->> 2, claimed_at = j.value ->> 3 FROM json_each(?1) AS j
         WHERE push_id = j.value ->> 0 AND member_id = j.value ->> 1 AND coupon_id IS NULL`,
        list(notes.map(({ pushId, memberId, couponId, at }) => [pushId, memberId, couponId, at])),
      ),
    ],
    // It may stand there from before: days come and go.
    pointsEnds: (notes) => {
      const { sql, params } = insertSet(pointsEnds, notes);
      return [statement(`${sql} WHERE true ON CONFLICT DO NOTHING`, ...params)];
    },
    referralDues: (notes) => [unlessThere(insertSet(referralDues, notes))],
    referralMarks: (notes) => [unlessThere(insertSet(referralMarks, notes))],
  };

const unlessThere = ({ sql, params }: Statement): Statement =>
  statement(`${sql} WHERE true ON CONFLICT DO NOTHING`, ...params);

const names = Object.keys(writers) as NoteName[];

export const writeNotes = (notes: Notes, now: number): Statement[] =>
  names.flatMap((name) => (notes[name].length > 0 ? writers[name](notes[name] as never, now) : []));
