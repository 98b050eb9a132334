import { agreementScreens } from "./en/agreements/agreement-screens.ts"
import { emails } from "./en/emails.ts"
import { surveyPage } from "./en/closing-and-survey.ts"
import { contacts } from "./en/contacts.ts"
import { csvExport } from "./en/inbox/csv-export.ts"
import { incidentsAtOnce } from "./en/incidents/find-and-change-many.ts"
import { importAndStatusMapping } from "./en/incidents/import-and-status-mapping.ts"
import { mailOfMessage } from "./en/ticket/mail-of-message.ts"
import { startConversation } from "./en/ticket/start-conversation.ts"
import { automation } from "./en/settings/automation.ts"
import { automationDecisions } from "./en/why-automation-acted.ts"
import { firstSteps } from "./en/inbox/first-steps.ts"
import { linkedSystems } from "./en/settings/linked-systems.ts"
import { webChat } from "./en/settings/web-chat.ts"
import { notificationList } from "./en/inbox/notification-list.ts"
import { notificationPreferences } from "./en/settings/notification-preferences.ts"
import { failedMails } from "./en/settings/failed-mails.ts"
import { mailboxes } from "./en/settings/mailboxes.ts"
import { calendars } from "./en/settings/calendars.ts"
import { assignmentRules } from "./en/settings/assignment-rules.ts"
import { campaigns } from "./en/campaigns.ts"
import { simulations } from "./en/simulations.ts"
import { auditLog } from "./en/settings/audit.ts"
import { connectionSettings } from "./en/settings/connections.ts"
import { mailboxSetup } from "./en/settings/mailbox-setup.ts"
import { whatsappConnection } from "./en/settings/whatsapp-connection.ts"
import { trackPage } from "./en/public-pages/track-page.ts"
import { portalEn } from "./portal-en.ts"
import { staffEn } from "./staff-en.ts"
import { sound } from "./en/ticket/sound.ts"

export const en = {
  ...staffEn,
  ...contacts,
  ...csvExport,
  ...incidentsAtOnce,
  ...importAndStatusMapping,
  ...startConversation,
  ...firstSteps,
  ...mailOfMessage,
  ...linkedSystems,
  ...automation,
  ...automationDecisions,
  ...webChat,
  ...notificationList,
  ...notificationPreferences,
  ...calendars,
  ...assignmentRules,
  ...campaigns,
  ...simulations,
  ...auditLog,
  ...connectionSettings,
  ...whatsappConnection,
  ...mailboxSetup,
  ...mailboxes,
  ...failedMails,
  ...agreementScreens,
  ...portalEn,
  ...emails,
  ...surveyPage,
  ...trackPage,
  ...sound,
}
