import { agreementScreens } from "./es/agreements/agreement-screens.ts"
import type { Catalogue } from "./languages-and-text-ids.ts"
import { emails } from "./es/emails.ts"
import { surveyPage } from "./es/closing-and-survey.ts"
import { contacts } from "./es/contacts.ts"
import { csvExport } from "./es/inbox/csv-export.ts"
import { incidentsAtOnce } from "./es/incidents/find-and-change-many.ts"
import { importAndStatusMapping } from "./es/incidents/import-and-status-mapping.ts"
import { mailOfMessage } from "./es/ticket/mail-of-message.ts"
import { startConversation } from "./es/ticket/start-conversation.ts"
import { automation } from "./es/settings/automation.ts"
import { automationDecisions } from "./es/why-automation-acted.ts"
import { firstSteps } from "./es/inbox/first-steps.ts"
import { linkedSystems } from "./es/settings/linked-systems.ts"
import { webChat } from "./es/settings/web-chat.ts"
import { notificationList } from "./es/inbox/notification-list.ts"
import { notificationPreferences } from "./es/settings/notification-preferences.ts"
import { failedMails } from "./es/settings/failed-mails.ts"
import { mailboxes } from "./es/settings/mailboxes.ts"
import { calendars } from "./es/settings/calendars.ts"
import { assignmentRules } from "./es/settings/assignment-rules.ts"
import { campaigns } from "./es/campaigns.ts"
import { simulations } from "./es/simulations.ts"
import { auditLog } from "./es/settings/audit.ts"
import { connectionSettings } from "./es/settings/connections.ts"
import { mailboxSetup } from "./es/settings/mailbox-setup.ts"
import { whatsappConnection } from "./es/settings/whatsapp-connection.ts"
import { trackPage } from "./es/public-pages/track-page.ts"
import { portalEs } from "./portal-es.ts"
import { staffEs } from "./staff-es.ts"
import { sound } from "./es/ticket/sound.ts"

export const es: Catalogue = {
  ...staffEs,
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
  ...portalEs,
  ...emails,
  ...surveyPage,
  ...trackPage,
  ...sound,
}
