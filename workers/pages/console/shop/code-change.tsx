/** 换渠道码的用途: a code that hangs on a wall is given another name or meaning; the picture stays as it was printed. */
import type { Scene } from '../../../../schema/index.ts';
import { enterScene } from '../../../commands/shop/scenes.ts';
import { readScene } from '../../../db/shop/scenes.ts';
import { checkForm, isRedrawn, openForm, redrawn, refusedForm } from '../form/form.tsx';
import { office } from '../kit/nav.ts';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { deskOf } from './associate-codes.tsx';
import { backToCodes, codePath, specOf, targetOf } from './codes.tsx';
import { isChangeable } from './changeable.ts';

const lead = '印好的码不用重印：改了以后，谁再扫都按新的来。以前扫过几次、领过几次还在。';

const found = async ({ db, id }: Visit): Promise<Scene | null> => {
  const scene = await readScene(db, id);
  return scene && isChangeable(scene) ? scene : null;
};

const formOf = (visit: Visit, { id }: Scene) =>
  specOf(visit, { action: codePath(id, '/change'), label: '保存' });

/** As the form asks for it. */
const inputOf = ({ kind, targetId, name }: Scene) => ({
  kind,
  name,
  storeId: targetId,
  templateId: targetId,
  campaignId: targetId,
  source: targetId,
});

export const codeChange = screen({
  path: codePath(':id', '/change'),
  title: '改渠道码',
  who: office,
  get: async (visit) => {
    const scene = await found(visit);
    if (!scene) return NotFound('能改的码', backToCodes);
    return { ...openForm(await formOf(visit, scene), inputOf(scene)), title: `改“${scene.name}”`, lead };
  },
  post: async (visit, form) => {
    const scene = await found(visit);
    if (!scene) return NotFound('能改的码', backToCodes);
    const spec = await formOf(visit, scene);
    if (isRedrawn(form)) return redrawn(spec, form);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const { kind, name } = checked.input;
    const after = { kind, targetId: targetOf(checked.input), name };
    const lasting = {
      permanent: scene.expiresAt === null,
      days: scene.renewalDays ?? 30,
      renewed: scene.renewalDays !== null,
    };
    const entered = await enterScene(deskOf(visit), { id: scene.id, ...after, ...lasting }, visit.now);
    if ('code' in entered) return refusedForm(spec, form, entered);
    const before = { kind: scene.kind, targetId: scene.targetId, name: scene.name };
    await record(visit, { act: 'code.change', subject: scene.id, before, after });
    return visit.context.redirect(saying(codePath(scene.id), 'saved'), 303);
  },
});
