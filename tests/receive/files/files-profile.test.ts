/** 搬来的档案: the columns of a file as people write them; an identity number in it is not taken. */
import { expect, test } from 'vitest';
import { readFile } from '../../../workers/db/profile/member-files.ts';
import { memberId } from '../../support/shop.ts';
import { counter } from './files-support.ts';

test('A-12: moving in brings sex, address, postcode, work, income, education and remark, and no identity number', async () => {
  const { shop, upload } = await counter();
  const report = await upload(
    [
      '手机号,姓名,性别,地址,邮编,职业,月收入,学历,备注,身份证号',
      '13712345678,王女士,女,中山大道1号,510620,医生,2万以上,研究生,"先打电话, 再来",11010519491231002X',
      '13712345679,王先生,保密,,51062,,,,,',
    ].join('\n'),
    { kind: 'members' },
  );
  expect(report).toMatchObject({
    ignoredColumns: ['身份证号'],
    errors: [{ line: 3, column: '邮编', message: '邮编是 6 位数字' }],
  });
  await shop.work();
  expect(await readFile(shop.db, memberId(shop.db, 'phone:13712345678') as never)).toEqual({
    sex: 'female',
    address: '中山大道1号',
    postcode: '510620',
    occupation: '医生',
    income: 'over-20000',
    education: 'master',
    remark: '先打电话, 再来',
    sealed: null,
  });
  expect(JSON.stringify(shop.db.all('SELECT * FROM inbox'))).not.toContain('19491231');
});
