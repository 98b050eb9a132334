// Decisions in words. A placeholder is an input of the decision; one that ends in Minutes arrives as a duration ("41 min").
// A second text for a code ends in what the decision measured from, or in what set its window.
export const intakeDecisions = {
  "why.joined_active": "Joined: the conversation's ticket was still active",
  "why.created_no_ticket": "New ticket: this conversation had none",
  "why.created_window_passed": "New ticket: last activity {elapsedMinutes} ago, window {windowMinutes}",
  "why.created_window_passed.closure": "New ticket: closed {elapsedMinutes} ago, window {windowMinutes}",
  "why.created_campaign_mismatch": "New ticket: the earlier one is not of this campaign message",
  "why.created_never_reopens": "New ticket: this connection never reopens",
  "why.created_never_reopens.category": "New ticket: a category of the earlier one never reopens",
  "why.reopened_in_window": "Reopened: last activity {elapsedMinutes} ago, window {windowMinutes}",
  "why.reopened_in_window.closure": "Reopened: closed {elapsedMinutes} ago, window {windowMinutes}",
  "why.reopened_support": "Reopened: the customer wrote on a ticket that was resolved or closed",
  "why.created_support_closed":
    "New ticket: the earlier one was closed {elapsedDays} d ago, it reopens within {windowDays} d",
  "why.reopened_group": "Reopened: a group keeps its ticket whatever its age",
  "why.attached_late": "Attached: written while that ticket's messages were exchanged, arrived late",
  "why.attached_blocked": "Attached: its sender is blocked",
  "why.created_blocked": "Kept on a closed ticket: its sender is blocked",
  "why.attached_acknowledgement": "Attached: a plain thank-you or ok does not reopen",
  "why.attached_silent": "Attached: it was in the mailbox before that was connected",
  "why.attached_farewell": "Attached: our own farewell does not reopen",
  "why.kept_campaign": "Attached: our own message does not change the status of a campaign's ticket",
  "why.duplicate": "Ignored: this message had already arrived",
  "why.attached_reaction": "Attached: a reaction to a message changes nothing else",
  "why.attached_system": "Attached: a notice of the channel changes nothing else",
  "why.ignored_reaction": "Ignored: a reaction to a message that is not here",
  "why.ignored_system": "Ignored: a notice of the channel about no message and no active ticket here",
}
