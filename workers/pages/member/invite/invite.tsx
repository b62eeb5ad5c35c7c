/** 邀请好友: what a friend brings, and the code that the friend scans. */
import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { renderSVG } from 'uqr';
import type { ReferralSettings } from '../../../../schema/index.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { maskName } from '../../../views/mask.ts';
import { commissionWords, tierWords, whenWords } from '../../../words/holdings/referral-words.ts';
import { page } from '../../page.ts';
import { homePath, invitePath, inviteRewardsPath, registerPath, registerWith } from '../../paths.ts';
import { Message } from '../../ui/message.tsx';
import { message, type View } from '../../ui/view.ts';
import { holdingsOf, memberOnly } from '../gate.ts';
import { inviteCode, markInviter } from './inviting.ts';
import { nameOfTemplates } from './names.ts';

export const invitePage = page({
  path: invitePath,
  title: '邀请好友',
  who: memberOnly,
  get: async (visit) => {
    const { deps, context } = visit;
    const [{ member }, settings] = await Promise.all([holdingsOf(visit), readSettings(deps.engine.db)]);
    if (!settings.referral.on) return nothingHere();
    // Only whoever has proved a phone invites: what it brings is hers.
    if (member.joinedAt === null) return context.redirect(registerPath);
    const [code, nameOf] = await Promise.all([
      inviteCode(deps.keys, member.id),
      nameOfTemplates(deps.engine),
      markInviter(visit, member.id),
    ]);
    const invited = registerWith({ by: code, guide: null, source: null, claim: null });
    const link = new URL(invited, settings.publicUrl ?? context.req.url).href;
    return {
      body: (
        <Invite
          link={link}
          name={member.name}
          shopName={settings.shopName}
          rules={settings.referral}
          nameOf={nameOf}
        />
      ),
    };
  },
});

export const nothingHere = (): View =>
  message(
    <Message title="这家店现在没有邀请好友的活动" action={{ href: homePath, label: '去会员中心' }}>
      积分和券在会员中心里看。
    </Message>,
    404,
  );

type Props = {
  readonly link: string;
  readonly name: string | null;
  readonly shopName: string;
  readonly rules: ReferralSettings;
  readonly nameOf: (templateId: string) => string;
};

const Invite: FC<Props> = ({ link, name, shopName, rules, nameOf }) => {
  const tiers = tierWords(rules.tiers, nameOf);
  const commission = commissionWords(rules);
  return (
    <>
      <section class="sheet show" aria-labelledby="invite">
        <h1 id="invite">{shopName}</h1>
        <p>{name === null ? '邀请您' : `${maskName(name)} 邀请您`}注册会员</p>
        <div class="qr" role="img" aria-label="邀请二维码">
          {raw(renderSVG(link, { border: 2 }))}
        </div>
        <p class="empty">微信扫一扫，用手机号注册</p>
      </section>
      <section aria-labelledby="how">
        <h2 id="how">怎么得奖励</h2>
        <ul class="losses">
          <li>请身边的朋友用微信扫上面的码，用自己的手机号注册。</li>
          <li>{whenWords(rules)}</li>
          {commission !== null && <li>好友以后来消费，您还有提成。</li>}
        </ul>
        {tiers.length > 0 && <h2>奖励一</h2>}
        {tiers.map((line) => (
          <p>{line}</p>
        ))}
        {commission !== null && <h2>{tiers.length > 0 ? '奖励二' : '奖励'}</h2>}
        {commission !== null && <p>{commission}</p>}
        <p class="terms">
          {`每月最多奖励 ${rules.perMonth} 位。只有第一次来的新会员才算；自己邀请自己、好友再邀请别人，都不算。同一部手机或同一个网络来的，店里核对以后再给。`}
        </p>
        <p class="leave">
          <a href={inviteRewardsPath}>我的奖励</a>
          <a href={homePath}>回会员中心</a>
        </p>
      </section>
    </>
  );
};
