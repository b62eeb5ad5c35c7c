/** 套餐模板: what the office sells; a change changes what is sold from then on. */
import { PackageTemplateId, PackageTemplateInput, type PackageTemplate } from '../../../schema/index.ts';
import {
  insertPackageTemplate,
  listPackageTemplates,
  readPackageTemplate,
  replacePackageTemplate,
} from '../../db/packages/templates.ts';
import type { Changeable } from './define.ts';

export const packageTemplates: Changeable<PackageTemplateId, PackageTemplateInput, PackageTemplate> = {
  label: '套餐',
  noun: 'package_template',
  fullName: 'package template',
  id: PackageTemplateId,
  idPrefix: 'pt',
  input: PackageTemplateInput,
  draw: (definition, place) => ({ ...place, definition }),
  placeOf: ({ id, createdAt }) => ({ id, createdAt }),
  insert: insertPackageTemplate,
  list: listPackageTemplates,
  read: readPackageTemplate,
  inputOf: ({ definition }) => definition,
  replace: replacePackageTemplate,
};
