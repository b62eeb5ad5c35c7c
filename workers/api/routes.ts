/** Every call of the API. A new one is its file and its line here. */
import { alerts } from './alerts.ts';
import { campaignRoutes } from './campaigns.ts';
import { couponTemplateRoutes } from './coupon-templates.ts';
import type { Route } from './define.ts';
import { eventDetail } from './event-detail.ts';
import { eventSearchRoutes } from './event-search.ts';
import { eventRoutes } from './events.ts';
import { labRoutes } from './labs.ts';
import { memberListRoutes } from './member-lists.ts';
import { memberRoutes } from './members.ts';
import { messageRoutes } from './messages.ts';
import { reconciliationRoutes } from './reconciliation.ts';
import { registerMember } from './register-member.ts';
import { reminderPlanRoutes } from './reminder-plans.ts';
import { settingsRoutes } from './settings.ts';
import { simulate } from './simulate.ts';
import { sourceHealthRoutes } from './source-health.ts';
import { sourceRoutes } from './sources.ts';
import { storeRoutes } from './stores.ts';
import { timeline } from './timeline.ts';

export const routes: readonly Route[] = [
  registerMember,
  ...memberRoutes,
  ...memberListRoutes,
  timeline,
  ...storeRoutes,
  ...couponTemplateRoutes,
  ...campaignRoutes,
  simulate,
  ...reminderPlanRoutes,
  ...eventSearchRoutes,
  eventDetail,
  ...eventRoutes,
  ...messageRoutes,
  ...sourceRoutes,
  ...sourceHealthRoutes,
  ...reconciliationRoutes,
  alerts,
  ...labRoutes,
  ...settingsRoutes,
];
