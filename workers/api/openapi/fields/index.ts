/** 词典: every noun's words in one. A name that stands twice would hide one of its meanings. */
import { campaignFields } from './campaigns.ts';
import { channelFields } from './channels.ts';
import { couponFields } from './coupons.ts';
import type { FieldDictionary, FieldWords } from './define.ts';
import { drawFields } from './draws.ts';
import { memberFileFields } from './member-files.ts';
import { memberFields } from './members.ts';
import { packageFields } from './packages.ts';
import { pathFields } from './paths.ts';
import { pointFields } from './points.ts';
import { referralFields } from './referrals.ts';
import { saleFields } from './sales.ts';
import { settingFields } from './settings.ts';
import { shopFields } from './shop.ts';
import { sourceFields } from './sources.ts';
import { superFields } from './super.ts';
import { tagFields } from './tags.ts';

export const dictionaries: readonly FieldDictionary[] = [
  memberFields,
  memberFileFields,
  tagFields,
  saleFields,
  couponFields,
  campaignFields,
  pointFields,
  drawFields,
  packageFields,
  superFields,
  referralFields,
  shopFields,
  settingFields,
  channelFields,
  sourceFields,
  pathFields,
];

const words: ReadonlyMap<string, FieldWords> = new Map(
  dictionaries.flatMap((dictionary) => Object.entries(dictionary)),
);

/** What it means there; else what it means everywhere. */
export const wordsOf = (owner: string, name: string): FieldWords | undefined =>
  words.get(`${owner}.${name}`) ?? words.get(name);
