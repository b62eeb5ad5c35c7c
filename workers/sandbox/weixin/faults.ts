/** 故障: the switches by which a test makes the simulated WeChat slow, full or broken. */
import * as z from 'zod';

const latencyMaxMs = 60_000;

export const Control = z.strictObject({
  /** The next `count` calls answer this errcode, or this HTTP status with a page of HTML. 0 ends it. */
  failNext: z
    .strictObject({
      count: z.int().min(0).max(1_000_000),
      errcode: z.int().default(-1),
      status: z.int().min(400).max(599).optional(),
    })
    .optional(),
  latencyMs: z.int().min(0).max(latencyMaxMs).optional(),
  /** Template messages a day. */
  templateQuota: z.int().min(0).max(100_000_000).optional(),
  /** Ends all access tokens now. */
  expireTokens: z.boolean().optional(),
});
export type Control = z.infer<typeof Control>;

type Row = {
  fail_left: number;
  fail_errcode: number;
  fail_status: number;
  latency_ms: number;
  template_quota: number;
};

/** Changes what is given and leaves the rest. */
export async function setControl(
  db: D1Database,
  { failNext, latencyMs, templateQuota }: Control,
): Promise<void> {
  await db
    .prepare(
      `UPDATE control SET fail_left = coalesce(?, fail_left), fail_errcode = coalesce(?, fail_errcode),
       fail_status = coalesce(?, fail_status), latency_ms = coalesce(?, latency_ms),
       template_quota = coalesce(?, template_quota)`,
    )
    .bind(
      failNext?.count ?? null,
      failNext?.errcode ?? null,
      failNext === undefined ? null : (failNext.status ?? 0),
      latencyMs ?? null,
      templateQuota ?? null,
    )
    .run();
}

export async function readControl(db: D1Database) {
  const row = await db.prepare('SELECT * FROM control').first<Row>();
  if (row === null) throw new Error('The control table has no row; delete the sandbox database.');
  return {
    failNext: { count: row.fail_left, errcode: row.fail_errcode, status: row.fail_status },
    latencyMs: row.latency_ms,
    templateQuota: row.template_quota,
  };
}

/** The failure that is due to this call, which uses it up; null when there is none. */
export async function takeFault(db: D1Database): Promise<{ errcode: number; status: number } | null> {
  return db
    .prepare(
      `UPDATE control SET fail_left = fail_left - 1 WHERE fail_left > 0
       RETURNING fail_errcode AS errcode, fail_status AS status`,
    )
    .first<{ errcode: number; status: number }>();
}
