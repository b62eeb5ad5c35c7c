/** 提现设置: whether wallet money is paid out, and how much in one transfer and in one day. */
import * as z from 'zod';

/** 0.1元: WeChat Pay takes nothing smaller. */
const transferFenMin = 10;
/** From ¥2,000 on WeChat Pay requires the real name, which we do not have. */
const transferFenMax = 199_999;
const dayFenMax = 1_000_000_000;
const reportsMax = 10;
const remarkLengthMax = 32;

const OneFen = z.int().min(transferFenMin).max(transferFenMax);
const DayFen = z.int().min(transferFenMin).max(dayFenMax);

export const PayoutSettings = z.discriminatedUnion('mode', [
  /** 留在账户: money stays with us until it is spent here. */
  z.strictObject({ mode: z.literal('wallet') }),
  /** 商家转账: paid by WeChat Pay after the member has confirmed. Needs WeChat Pay's keys and a `publicUrl`. */
  z
    .strictObject({
      mode: z.literal('transfer'),
      minFen: OneFen.default(transferFenMin),
      maxFen: OneFen.default(20_000),
      perMemberDayFen: DayFen.default(20_000),
      perDayFen: DayFen.default(500_000),
      /** 转账场景: 1000 is 现金营销. */
      sceneId: z
        .string()
        .regex(/^\d{1,36}$/, 'is a number such as 1000')
        .default('1000'),
      /** 场景报备: the fields that the scene requires. */
      reports: z
        .array(
          z.strictObject({
            infoType: z.string().trim().min(1).max(15),
            infoContent: z.string().trim().min(1).max(32),
          }),
        )
        .max(reportsMax)
        .default([
          { infoType: '活动名称', infoContent: '会员红包' },
          { infoType: '奖励说明', infoContent: '会员账户金额提现' },
        ]),
      remark: z.string().trim().min(1).max(remarkLengthMax).default('会员账户提现'),
      /** 收款感知: null shows what WeChat shows for the scene. */
      perception: z.string().trim().min(1).max(remarkLengthMax).nullable().default(null),
    })
    .refine(({ minFen, maxFen }) => minFen <= maxFen, {
      path: ['maxFen'],
      message: 'must not be below minFen',
    }),
]);
export type PayoutSettings = z.infer<typeof PayoutSettings>;
