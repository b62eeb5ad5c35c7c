/** 会员档案 and 在用段位: what no sale asks for. In a body of a person null empties a field. */
import type { FieldDictionary } from './define.ts';

const remark = {
  says: 'What colleagues should know (备注), at most 500 characters.',
  example: '周末才有空接电话',
};

export const memberFileFields: FieldDictionary = {
  sex: { says: 'female or male, where the member said so.', example: 'female' },
  address: { says: 'Where the member lives (地址), at most 200 characters.', example: '天河路1号' },
  postcode: { says: 'The post code of the address (邮编), six digits.', example: '510620' },
  occupation: { says: 'What the member does (职业), at most 40 characters.', example: '教师' },
  income: { says: 'What the member earns in a month (月收入), as a band in yuan.', example: '5000-10000' },
  education: { says: 'The highest school that the member finished (学历).', example: 'bachelor' },
  'MemberInput.remark': remark,
  'MemberFileInput.remark': remark,
  'member.remark': remark,
  'MemberFileInput.name': { says: 'What the member is called; null empties it.', example: '周女士' },
  memberFile: { says: 'What a member’s file may hold.', example: { idNumber: false } },
  'memberFile.idNumber': {
    says: 'Whether identity numbers may be kept: only where the shop needs them, and with the consent of the member.',
    example: false,
  },
  useStages: {
    says: 'From which age a child uses which milk and which nappies, at most 20 stages each.',
    example: {
      milk: [
        { name: '1段', fromDays: 0 },
        { name: '2段', fromDays: 180 },
      ],
      nappy: [{ name: 'NB', fromDays: 0 }],
    },
  },
  'useStages.milk': {
    says: 'Stages of milk, the first at the front.',
    example: [
      { name: '1段', fromDays: 0 },
      { name: '2段', fromDays: 180 },
    ],
  },
  'useStages.nappy': {
    says: 'Sizes of nappies, the first at the front.',
    example: [
      { name: 'NB', fromDays: 0 },
      { name: 'S', fromDays: 30 },
    ],
  },
  'milk.name': { says: 'What the stage is called; each has its own name.', example: '2段' },
  'nappy.name': { says: 'What the size is called; each has its own name.', example: 'S' },
  goods: { says: 'Of which goods a new stage is reminded: milk, nappies, or both.', example: ['milk'] },
};
