// Decisions in words. A placeholder is an input of the decision; one that ends in Minutes arrives as a duration ("41 min").
export const why = {
  "why.joined_active": "Joined: the conversation was still open",
  "why.created_no_ticket": "New ticket: the first message of this conversation",
  "why.created_window_passed": "New ticket: closed {elapsedMinutes} ago, window {windowMinutes}",
  "why.created_campaign_mismatch": "New ticket: the earlier one belongs to another campaign",
  "why.created_never_reopens": "New ticket: this connection never reopens",
  "why.reopened_in_window": "Reopened: closed {elapsedMinutes} ago, window {windowMinutes}",
  "why.reopened_support": "Reopened: the customer wrote on a ticket that was resolved or closed",
  "why.created_support_closed":
    "New ticket: the earlier one was closed {elapsedDays} days ago, it reopens within {windowDays}",
  "why.reopened_group": "Reopened: a group keeps its ticket whatever its age",
  "why.attached_late": "Attached: written before the ticket was closed, arrived late",
  "why.attached_acknowledgement": "Attached: a plain thank-you does not reopen",
  "why.attached_farewell": "Attached: our own farewell does not reopen",
  "why.kept_campaign": "Reopened with its status kept: a campaign ticket touched by our own message",
  "why.duplicate": "Ignored: this message had already arrived",
  "why.attached_reaction": "Attached: a reaction to a message changes nothing else",
  "why.attached_system": "Attached: a notice of the channel changes nothing else",
  "why.ignored_reaction": "Ignored: a reaction changes nothing",
  "why.ignored_system": "Ignored: a notice of the channel changes nothing",
}
