/** 设置: whoever saves one part of the settings takes nothing back that somebody else has saved meanwhile. */
import { expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { changeSettings, replaceSettings } from '../../workers/commands/shop/settings.ts';
import { readSettings } from '../../workers/db/shop/settings.ts';
import { openShop } from '../support/shop.ts';

test('two parts saved at the same moment are both kept, whichever was last', async () => {
  const { engine } = await openShop({ settings: { shopName: '阳光小镇', takeBack: 'unlimited' } });
  await Promise.all([
    changeSettings(engine.db, { shopName: '月亮小镇', publicUrl: 'https://vip.example.cn' }),
    changeSettings(engine.db, { sms: { ...MerchantSettings.parse({}).sms, signName: '月亮小镇' } }),
    changeSettings(engine.db, { nobody: ['000000'] }),
  ]);
  expect(await readSettings(engine.db)).toMatchObject({
    shopName: '月亮小镇',
    publicUrl: 'https://vip.example.cn',
    takeBack: 'unlimited',
    sms: { signName: '月亮小镇' },
    nobody: ['000000'],
  });
});

test('the first part that is ever saved has the defaults around it, and a part that is emptied is empty', async () => {
  const { engine } = await openShop();
  await changeSettings(engine.db, { shopName: '小店', nobody: ['a'] });
  await changeSettings(engine.db, { nobody: [], publicUrl: null });
  await changeSettings(engine.db, {});
  expect(await readSettings(engine.db)).toEqual(MerchantSettings.parse({ shopName: '小店' }));
});

test('settings that are replaced as a whole return to their defaults where they say nothing', async () => {
  const { engine } = await openShop({ settings: { shopName: '阳光小镇', takeBack: 'unlimited' } });
  await replaceSettings(engine.db, MerchantSettings.parse({ shopName: '月亮小镇' }));
  expect(await readSettings(engine.db)).toEqual(MerchantSettings.parse({ shopName: '月亮小镇' }));
});
