/** 导购的码: the poster that brings her members, and the code by which her own WeChat is bound. */
import { inviteAssociate, posterCode } from '../../../commands/shop/associate-codes.ts';
import type { CodeDesk } from '../../../commands/shop/scenes.ts';
import { associateById } from '../../../db/shop/associates.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { sorry } from '../form/sorry.tsx';
import { office } from '../kit/nav.ts';
import { Sheet } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { Code } from '../sign-in/code.tsx';
import { associatesPath, backToAssociates } from './associates.tsx';
import { Poster } from './poster.tsx';

export const deskOf = ({ db, deps: { official } }: Visit): CodeDesk => ({
  db,
  ...(official && { account: official }),
});

const poster = screen({
  path: `${associatesPath}/:id/poster`,
  title: '专属码海报',
  who: office,
  get: async (visit) => {
    const found = await associateById(visit.db, visit.id);
    if (!found) return NotFound('这位导购', backToAssociates);
    const { associate, store } = found;
    const scene = await posterCode(deskOf(visit), associate.id, visit.now);
    if ('code' in scene) return sorry(scene);
    const { shopName } = await readSettings(visit.db);
    return {
      lead: `扫过 ${scene.scans} 次。按 Ctrl+P 打印；码一直有效，印了可以一直贴着。`,
      body: (
        <Poster
          url={scene.url ?? ''}
          shopName={shopName}
          place={store?.name ?? null}
          name={associate.name}
          line="微信扫一扫，我来为您一对一服务"
        />
      ),
    };
  },
});

const invitation = screen({
  path: `${associatesPath}/:id/invite`,
  title: '邀请绑微信',
  who: office,
  post: async (visit) => {
    const found = await associateById(visit.db, visit.id);
    if (!found) return NotFound('这位导购', backToAssociates);
    const { associate } = found;
    const draft = await inviteAssociate(deskOf(visit), associate.id, visit.now);
    if ('code' in draft) return sorry(draft);
    const { id, expiresAt } = draft.row;
    const after = { scene: id, expiresAt };
    await record(visit, { act: 'associate.invite', subject: associate.id, before: null, after }, draft);
    return {
      body: (
        <Sheet>
          <p>
            请{associate.name}
            本人用微信扫一扫：先关注公众号，会员的话以后就转给这个微信。只能用一次，十分钟内有效。
          </p>
          <Code text={draft.row.url ?? ''} label="绑定导购微信的二维码" />
          <p class="buttons">
            <a class="button" href={associatesPath}>
              绑好了，回到导购
            </a>
          </p>
        </Sheet>
      ),
    };
  },
});

export const associateCodeScreens = [poster, invitation];
