/** Every call of the API. A new one is its file and its line here. */
import { alerts } from './alerts.ts';
import { associateCodeRoutes } from './associate-codes.ts';
import { campaignRoutes } from './campaigns.ts';
import { contactRoutes } from './contacts.ts';
import { conversationRoutes } from './conversations.ts';
import { couponTemplateRoutes } from './coupon-templates.ts';
import type { Route } from './define.ts';
import { eventDetail } from './event-detail.ts';
import { eventSearchRoutes } from './event-search.ts';
import { eventRoutes } from './events.ts';
import { fanRoutes } from './fans.ts';
import { labRoutes } from './labs.ts';
import { massRoutes } from './mass-messages.ts';
import { memberListRoutes } from './member-lists.ts';
import { memberRoutes } from './members.ts';
import { menuRoutes } from './menu.ts';
import { messageRoutes } from './messages.ts';
import { reconciliationRoutes } from './reconciliation.ts';
import { registerMember } from './register-member.ts';
import { reminderPlanRoutes } from './reminder-plans.ts';
import { replyRoutes } from './replies.ts';
import { sceneRoutes } from './scenes.ts';
import { settingsRoutes } from './settings.ts';
import { simulate } from './simulate.ts';
import { sourceAdapters } from './source-adapters.ts';
import { sourceHealthRoutes } from './source-health.ts';
import { sourceRotation } from './source-rotation.ts';
import { sourceRoutes } from './sources.ts';
import { storeRoutes } from './stores.ts';
import { timeline } from './timeline.ts';
import { transferRoutes } from './transfers.ts';
import { withdraw } from './withdrawals.ts';
import { wechatDiagnosis } from './wechat-diagnosis.ts';
import { writeRoutes } from './write-message.ts';

export const routes: readonly Route[] = [
  registerMember,
  ...memberRoutes,
  ...memberListRoutes,
  timeline,
  ...storeRoutes,
  ...sceneRoutes,
  ...associateCodeRoutes,
  ...menuRoutes,
  ...replyRoutes,
  ...fanRoutes,
  ...conversationRoutes,
  ...writeRoutes,
  ...contactRoutes,
  ...couponTemplateRoutes,
  ...campaignRoutes,
  simulate,
  ...reminderPlanRoutes,
  ...eventSearchRoutes,
  eventDetail,
  ...eventRoutes,
  ...messageRoutes,
  withdraw,
  ...transferRoutes,
  ...massRoutes,
  ...sourceRoutes,
  sourceRotation,
  sourceAdapters,
  ...sourceHealthRoutes,
  ...reconciliationRoutes,
  alerts,
  ...labRoutes,
  wechatDiagnosis,
  ...settingsRoutes,
];
