/** 券的名字, as the shop has them now. */
import type { TemplateId } from '../../../../schema/index.ts';
import type { Engine } from '../../../engine/engine.ts';

export async function nameOfTemplates({
  config,
}: Pick<Engine, 'config'>): Promise<(templateId: string) => string> {
  const { templates } = await config.get();
  return (id) => templates.get(id as TemplateId)?.name ?? '优惠券';
}
