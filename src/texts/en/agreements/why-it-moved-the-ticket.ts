// Why a mirrored ticket was opened, is closing or was reopened.
export const agreementDecisions = {
  "why.agreement_opened": "Opened in the other system",
  "why.agreement_window": "Closed in one system only: the other has {windowMinutes}",
  "why.agreement_open_again": "Open again in the system where it had been closed",
  "why.agreement_both_closed": "Closed in both systems",
  "why.agreement_no_record": "Closed, and the other system has no number of it",
  "why.agreement_by_hand": "Somebody said that both systems agree",
  "why.agreement_reopened": "Reopened: the other system had not closed it within {windowMinutes}",
  "event.agreement.reopened": "Reopened by agreement",
  "event.agreement.escalated": "Reopened again: a lead was notified",
  "event.agreement.disagreed": "The two systems do not agree",
  "notifications.escalated": "{number} was closed in one system only again, and reopened",
}
