import type { staffEn } from "./staff-en.ts"
import { everyApp } from "./es/every-app.ts"
import { commonWords } from "./es/common-words.ts"
import { appShell } from "./es/app-shell.ts"
import { signInAndSetup } from "./es/sign-in-and-setup.ts"
import { shortcutsAndPalette } from "./es/shortcuts-and-palette.ts"
import { viewsAndList } from "./es/inbox/views-and-list.ts"
import { filtersAndSavedViews } from "./es/inbox/filters-and-saved-views.ts"
import { bulkActions } from "./es/inbox/bulk-actions.ts"
import { statusAndAssignment } from "./es/ticket/status-and-assignment.ts"
import { statusPriorityAndChannelNames } from "./es/ticket/status-priority-and-channel-names.ts"
import { messagesAndDelivery } from "./es/ticket/messages-and-delivery.ts"
import { composerAndReplyWindow } from "./es/ticket/composer-and-reply-window.ts"
import { detailsPanel } from "./es/ticket/details-panel.ts"
import { ticketTimeline } from "./es/ticket/timeline.ts"
import { editConflict } from "./es/ticket/edit-conflict.ts"
import { mergeSplitAndLink } from "./es/ticket/merge-split-and-link.ts"
import { newTicket } from "./es/ticket/new-ticket.ts"
import { snooze } from "./es/ticket/snooze.ts"
import { filesAndTimes } from "./es/files-and-times.ts"
import { receivedMessageKinds } from "./es/received-message-kinds.ts"
import { viewersAndNotifications } from "./es/viewers-and-notifications.ts"
import { macrosAndSavedReplies } from "./es/macros-and-saved-replies.ts"
import { receivedWhatsappKinds } from "./es/received-whatsapp-kinds.ts"
import { whatsappTemplates } from "./es/whatsapp-templates.ts"
import { refusals } from "./es/refusals.ts"
import { deadlines } from "./es/sla-deadlines.ts"
import { deadlineChips } from "./es/ticket/deadline-chips.ts"
import { deliveryFailures } from "./es/delivery-failures.ts"
import { intakeDecisions } from "./es/why-intake-chose-the-ticket.ts"
import { routingDecisions } from "./es/why-routing-chose-the-agent.ts"
import { incidentDecisions } from "./es/why-an-incident-opened-or-not.ts"
import { agreementDecisions } from "./es/agreements/why-it-moved-the-ticket.ts"
import { incidentBoard } from "./es/incidents/board.ts"
import { oneIncident } from "./es/incidents/one-incident.ts"
import { settingsForms } from "./es/settings/common-to-all-settings.ts"
import { deskAndProfile } from "./es/settings/desk-and-profile.ts"
import { staffTeamsAndKeys } from "./es/settings/staff-teams-and-keys.ts"
import { customFieldsAndCategories } from "./es/settings/custom-fields-and-categories.ts"
import { closingAndSurvey } from "./es/closing-and-survey.ts"
import { failedDeliveries } from "./es/settings/failed-incoming-webhooks.ts"

export const staffEs: Record<keyof typeof staffEn, string> = {
  ...everyApp,
  ...commonWords,
  ...appShell,
  ...signInAndSetup,
  ...shortcutsAndPalette,
  ...viewsAndList,
  ...filtersAndSavedViews,
  ...bulkActions,
  ...statusAndAssignment,
  ...statusPriorityAndChannelNames,
  ...messagesAndDelivery,
  ...composerAndReplyWindow,
  ...detailsPanel,
  ...ticketTimeline,
  ...editConflict,
  ...mergeSplitAndLink,
  ...newTicket,
  ...snooze,
  ...filesAndTimes,
  ...receivedMessageKinds,
  ...viewersAndNotifications,
  ...macrosAndSavedReplies,
  ...receivedWhatsappKinds,
  ...whatsappTemplates,
  ...refusals,
  ...deadlines,
  ...deadlineChips,
  ...deliveryFailures,
  ...intakeDecisions,
  ...routingDecisions,
  ...incidentDecisions,
  ...agreementDecisions,
  ...incidentBoard,
  ...oneIncident,
  ...closingAndSurvey,
  ...settingsForms,
  ...deskAndProfile,
  ...staffTeamsAndKeys,
  ...customFieldsAndCategories,
  ...failedDeliveries,
}
