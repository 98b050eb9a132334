// What rules did to a ticket and what they left, in words.
export const automationDecisions = {
  "event.byRule": "{text} – rule “{ruleName}”",
  "event.ticket.snoozed": "Snoozed",
  "why.automation_ticket_created": "Rule “{ruleName}” acts: the ticket was opened",
  "why.automation_message_received": "Rule “{ruleName}” acts: the customer wrote",
  "why.automation_status_changed": "Rule “{ruleName}” acts: the status changed",
  "why.automation_waiting_us": "Rule “{ruleName}” acts: the customer has waited {waitedMinutes} for an answer",
  "why.automation_waiting_customer": "Rule “{ruleName}” acts: the customer has not answered for {waitedMinutes}",
  "why.automation_refused_gone": "Rule “{ruleName}” left something undone: what it names no longer exists",
  "why.automation_refused_given_by_hand": "Rule “{ruleName}” left agent and team: somebody has set them since",
  "why.automation_refused_reopens": "Rule “{ruleName}” left the status: rules do not reopen tickets",
  "why.automation_refused_needs_agent": "Rule “{ruleName}” left the status: an open conversation needs an agent",
  "why.automation_refused_transition": "Rule “{ruleName}” left the status: there is no such step from here",
  "why.automation_refused_at_capacity": "Rule “{ruleName}” did not assign it: the agent is at capacity",
  "why.automation_refused_unresolved": "Rule “{ruleName}” did not reply: a variable of the text has no value",
  "why.automation_refused_group": "Rule “{ruleName}” did not reply: groups get no automatic texts",
  "why.automation_refused_ended": "Rule “{ruleName}” did not reply: the ticket has ended",
  "why.automation_refused_blocked": "Rule “{ruleName}” did not reply: the customer is blocked",
  "why.automation_refused_opted_out": "Rule “{ruleName}” did not reply: the customer wants no such messages",
  "why.automation_refused_unreachable": "Rule “{ruleName}” did not reply: there is no way to reach the customer",
  "why.automation_refused_window_closed": "Rule “{ruleName}” did not reply: the reply window is closed",
  "why.automation_refused_content_too_long": "Rule “{ruleName}” did not reply: the text is too long for the channel",
  "why.automation_refused_too_often":
    "Rule “{ruleName}” did not reply: rules have written to the customer too often in the last hour",
  "why.automation_refused_not_a_person":
    "Rule “{ruleName}” did not reply: the customer's last mail was automatic, or they have written none",
  "why.automation_refused_before_mailbox":
    "Rule “{ruleName}” did not reply: the mail is older than the mailbox's connection to Hilo",
  "why.automation_refused_answered_once":
    "Rule “{ruleName}” did not reply: this address already got an automatic mail on this ticket",
  "why.automation_refused_mailed_often":
    "Rule “{ruleName}” did not reply: this address already got three automatic mails in the last hour",
  "why.automation_refused_other": "Rule “{ruleName}” left something undone: the ticket does not allow it now",
}
