// What the app of staff says: nothing of what is mailed or what customers read on their own side.
import { everyApp } from "./en/every-app.ts"
import { commonWords } from "./en/common-words.ts"
import { appShell } from "./en/app-shell.ts"
import { signInAndSetup } from "./en/sign-in-and-setup.ts"
import { shortcutsAndPalette } from "./en/shortcuts-and-palette.ts"
import { viewsAndList } from "./en/inbox/views-and-list.ts"
import { filtersAndSavedViews } from "./en/inbox/filters-and-saved-views.ts"
import { bulkActions } from "./en/inbox/bulk-actions.ts"
import { statusAndAssignment } from "./en/ticket/status-and-assignment.ts"
import { statusPriorityAndChannelNames } from "./en/ticket/status-priority-and-channel-names.ts"
import { messagesAndDelivery } from "./en/ticket/messages-and-delivery.ts"
import { composerAndReplyWindow } from "./en/ticket/composer-and-reply-window.ts"
import { detailsPanel } from "./en/ticket/details-panel.ts"
import { ticketTimeline } from "./en/ticket/timeline.ts"
import { editConflict } from "./en/ticket/edit-conflict.ts"
import { mergeSplitAndLink } from "./en/ticket/merge-split-and-link.ts"
import { newTicket } from "./en/ticket/new-ticket.ts"
import { snooze } from "./en/ticket/snooze.ts"
import { filesAndTimes } from "./en/files-and-times.ts"
import { receivedMessageKinds } from "./en/received-message-kinds.ts"
import { viewersAndNotifications } from "./en/viewers-and-notifications.ts"
import { macrosAndSavedReplies } from "./en/macros-and-saved-replies.ts"
import { receivedWhatsappKinds } from "./en/received-whatsapp-kinds.ts"
import { whatsappTemplates } from "./en/whatsapp-templates.ts"
import { refusals } from "./en/refusals.ts"
import { deadlines } from "./en/sla-deadlines.ts"
import { deadlineChips } from "./en/ticket/deadline-chips.ts"
import { deliveryFailures } from "./en/delivery-failures.ts"
import { intakeDecisions } from "./en/why-intake-chose-the-ticket.ts"
import { routingDecisions } from "./en/why-routing-chose-the-agent.ts"
import { incidentDecisions } from "./en/why-an-incident-opened-or-not.ts"
import { agreementDecisions } from "./en/agreements/why-it-moved-the-ticket.ts"
import { incidentBoard } from "./en/incidents/board.ts"
import { oneIncident } from "./en/incidents/one-incident.ts"
import { settingsForms } from "./en/settings/common-to-all-settings.ts"
import { deskAndProfile } from "./en/settings/desk-and-profile.ts"
import { staffTeamsAndKeys } from "./en/settings/staff-teams-and-keys.ts"
import { customFieldsAndCategories } from "./en/settings/custom-fields-and-categories.ts"
import { closingAndSurvey } from "./en/closing-and-survey.ts"
import { failedDeliveries } from "./en/settings/failed-incoming-webhooks.ts"

export const staffEn = {
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
