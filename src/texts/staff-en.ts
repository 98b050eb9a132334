// What the app of staff says: nothing of what is mailed or what customers read on their own side.
import { everyApp } from "./en/every-app.ts"
import { failedDeliveries } from "./en/failed-webhook-deliveries.ts"
import { incidentBoard } from "./en/incident-board.ts"
import { calendars } from "./en/calendars.ts"
import { campaigns } from "./en/campaigns.ts"
import { collaboration } from "./en/collaboration.ts"
import { deadlines } from "./en/deadlines.ts"
import { listsAndTicketTools } from "./en/lists-and-ticket-tools.ts"
import { deliveryFailures } from "./en/delivery-failures.ts"
import { inbox } from "./en/inbox.ts"
import { incidentDecisions } from "./en/incident-decisions.ts"
import { macrosRulesAndAudit } from "./en/macros-rules-and-audit.ts"
import { messageKindsAndProofs } from "./en/message-kinds-and-proofs.ts"
import { refusals } from "./en/refusals.ts"
import { routingDecisions } from "./en/routing-decisions.ts"
import { settings } from "./en/settings.ts"
import { appShell } from "./en/app-shell.ts"
import { filesAndTimes } from "./en/files-and-times.ts"
import { ticket } from "./en/ticket.ts"
import { whatsapp } from "./en/whatsapp.ts"
import { intakeDecisions } from "./en/intake-decisions.ts"

export const staffEn = {
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
