/** 设置: the shop, what the account says by itself, texts and payouts, each on a page of its own, each by its part of the schema. */
import type { Child } from 'hono/jsx';
import type * as z from 'zod';
import { MerchantSettings } from '../../../../schema/index.ts';
import { changeSettings } from '../../../commands/shop/settings.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { checkForm, isRedrawn, openForm, redrawn, type FormSpec } from '../form/form.tsx';
import { owner } from '../kit/nav.ts';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen, type ConsolePage } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { settingsWords } from '../words/forms/settings.ts';
import { promotionChoices } from '../promotions/choices.ts';
import type { Choices } from '../form/words.ts';
import type { Db } from '../../../db/db.ts';
import { noticeChoices } from '../words/notices.ts';

const path = '/console/settings';

/** What stands together on a page. Every setting stands on one of them: a test says so. */
export const settingsParts = [
  {
    path,
    title: '店铺',
    schema: MerchantSettings.pick({
      shopName: true,
      trade: true,
      publicUrl: true,
      tellSale: true,
      tellSaleWithinHours: true,
      takeBack: true,
      firstSellerOwns: true,
      nobody: true,
      historyAfterDays: true,
    }),
  },
  {
    path: `${path}/points`,
    title: '积分',
    schema: MerchantSettings.pick({ points: true, pointsAsMoney: true, checkIn: true }),
  },
  { path: `${path}/stored-value`, title: '储值', schema: MerchantSettings.pick({ storedValue: true }) },
  { path: `${path}/levels`, title: '会员等级', schema: MerchantSettings.pick({ levels: true }) },
  {
    path: `${path}/member-file`,
    title: '会员档案',
    schema: MerchantSettings.pick({ memberFile: true, useStages: true }),
  },
  {
    path: `${path}/referral`,
    title: '邀请好友',
    schema: MerchantSettings.pick({ referral: true }),
    choices: promotionChoices,
  },
  { path: `${path}/member-prices`, title: '会员价', schema: MerchantSettings.pick({ memberPrices: true }) },
  {
    path: `${path}/super-membership`,
    title: '超级会员',
    schema: MerchantSettings.pick({ superMembership: true }),
  },
  {
    path: `${path}/replies`,
    title: '公众号自动回复',
    schema: MerchantSettings.pick({ wechat: true }),
    acts: (
      <>
        <a class="button" href="/console/talks/try">
          试一试
        </a>
        <a class="button" href="/console/menu/existing">
          接过原来的
        </a>
      </>
    ),
  },
  {
    path: `${path}/notices`,
    title: '微信通知模板',
    schema: MerchantSettings.pick({ wechatTemplates: true, wechatSubscriptions: true }),
  },
  { path: `${path}/sms`, title: '短信', schema: MerchantSettings.pick({ sms: true }) },
  { path: `${path}/payout`, title: '提现', schema: MerchantSettings.pick({ payout: true }) },
  { path: `${path}/domain`, title: '域名验证', schema: MerchantSettings.pick({ domainFiles: true }) },
] as const satisfies readonly {
  path: string;
  title: string;
  schema: z.ZodType;
  choices?: (db: Db) => Promise<Choices>;
  acts?: Child;
}[];

type Part = (typeof settingsParts)[number];

const specOf = async ({ db, token }: Visit, part: Part): Promise<FormSpec<Partial<MerchantSettings>>> => ({
  // Each part is some of the whole.
  schema: part.schema as unknown as z.ZodType<Partial<MerchantSettings>>,
  words: settingsWords,
  choices: 'choices' in part ? await part.choices(db) : noticeChoices,
  action: part.path,
  token,
  label: '保存',
});

const withTabs = (part: Part, view: ConsoleView): ConsoleView => ({
  ...view,
  ...('acts' in part && { acts: part.acts }),
  body: (
    <>
      <nav class="tabs" aria-label="设置分类">
        {settingsParts.map((one) => (
          <a href={one.path} aria-current={one.path === part.path ? 'page' : undefined}>
            {one.title}
          </a>
        ))}
      </nav>
      {view.body}
    </>
  ),
});

const pageOf = (part: Part): ConsolePage =>
  screen({
    path: part.path,
    title: `设置 · ${part.title}`,
    who: owner,
    get: async (visit) => withTabs(part, openForm(await specOf(visit, part), await readSettings(visit.db))),
    post: async (visit, form) => {
      const spec = await specOf(visit, part);
      if (isRedrawn(form)) return withTabs(part, redrawn(spec, form));
      const checked = checkForm(spec, form);
      if ('again' in checked) return withTabs(part, checked.again);
      const before = await readSettings(visit.db);
      await changeSettings(visit.db, checked.input);
      const after = await readSettings(visit.db);
      await record(visit, { act: 'settings.change', subject: part.title, before, after });
      return visit.context.redirect(saying(part.path, 'saved'), 303);
    },
  });

export const settingsScreens = settingsParts.map(pageOf);
