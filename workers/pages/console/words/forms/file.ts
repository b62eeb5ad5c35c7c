/** 会员档案的说法: of its form, of the settings, and of what a child uses. */
import { educationNames, incomeNames, sexNames } from '../../../../words/file.ts';
import type { FormWords } from '../../form/words.ts';

export const fileWords: FormWords = {
  name: { label: '称呼', help: '比如“周女士”。' },
  birthdayOn: { label: '生日' },
  sex: { label: '性别', values: sexNames },
  address: { label: '地址', help: '比如“天河路1号2栋301”。' },
  postcode: { label: '邮编', help: '6 位数字。' },
  occupation: { label: '职业', help: '比如“教师”。' },
  income: { label: '月收入', values: incomeNames },
  education: { label: '学历', values: educationNames },
  remark: { label: '备注', help: '性格、习惯这类要拿来挑人的，请用标签。' },
  idNumber: { label: '身份证号', help: '18 位。存好以后只显示最后 4 位。空着保存，就是删掉。' },
  idConsentAt: { label: '同意登记的时间' },
  consent: { label: '会员本人同意登记身份证号' },
};

export const usesWords: FormWords = {
  child: { label: '哪个宝宝的什么' },
  stage: { label: '现在用', help: '不选，就按段位表和宝宝的天数算。' },
  untilOn: { label: '用到哪天', help: '这一天起换下一段，到时候提醒。不填就一直用，不提醒。' },
};

export const fileSettingsWords: FormWords = {
  memberFile: { label: '会员档案' },
  'memberFile.idNumber': {
    label: '登记身份证号',
    help: '没有必要就不要开。打开以后要会员本人同意才能登记；加密保存，只显示最后 4 位，不能导出。',
  },
  useStages: { label: '段位表' },
  'useStages.milk': { label: '奶粉', help: '按您卖的品牌填，一行一段，从小到大。', one: '段' },
  'useStages.milk.name': { label: '叫什么', help: '比如“1段”“2段”。' },
  'useStages.milk.fromDays': {
    label: '出生几天起',
    unit: '天',
    help: '比如 1段 0、2段 180、3段 365、4段 1095。',
  },
  'useStages.nappy': { label: '纸尿裤', help: '一行一个尺码，从小到大。', one: '尺码' },
  'useStages.nappy.name': { label: '叫什么', help: '比如“NB”“S”“M”“L”“XL”。' },
  'useStages.nappy.fromDays': { label: '出生几天起', unit: '天' },
};
