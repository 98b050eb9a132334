import type { staffEn } from "./staff-en.ts"
import { everyApp } from "./es/every-app.ts"
import { failedDeliveries } from "./es/failed-webhook-deliveries.ts"
import { incidentBoard } from "./es/incident-board.ts"
import { calendars } from "./es/calendars.ts"
import { campaigns } from "./es/campaigns.ts"
import { collaboration } from "./es/collaboration.ts"
import { deadlines } from "./es/deadlines.ts"
import { listsAndTicketTools } from "./es/lists-and-ticket-tools.ts"
import { deliveryFailures } from "./es/delivery-failures.ts"
import { inbox } from "./es/inbox.ts"
import { incidentDecisions } from "./es/incident-decisions.ts"
import { macrosRulesAndAudit } from "./es/macros-rules-and-audit.ts"
import { messageKindsAndProofs } from "./es/message-kinds-and-proofs.ts"
import { refusals } from "./es/refusals.ts"
import { routingDecisions } from "./es/routing-decisions.ts"
import { settings } from "./es/settings.ts"
import { appShell } from "./es/app-shell.ts"
import { filesAndTimes } from "./es/files-and-times.ts"
import { ticket } from "./es/ticket.ts"
import { whatsapp } from "./es/whatsapp.ts"
import { intakeDecisions } from "./es/intake-decisions.ts"

export const staffEs: Record<keyof typeof staffEn, string> = {
  ...everyApp,
  ...appShell,
  ...inbox,
  ...ticket,
  ...filesAndTimes,
  ...intakeDecisions,
  ...incidentDecisions,
  ...messageKindsAndProofs,
  ...refusals,
  ...routingDecisions,
  ...settings,
  ...macrosRulesAndAudit,
  ...deliveryFailures,
  ...whatsapp,
  ...failedDeliveries,
  ...incidentBoard,
  ...calendars,
  ...campaigns,
  ...listsAndTicketTools,
  ...collaboration,
  ...deadlines,
}
