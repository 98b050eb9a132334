// Why a mirrored ticket was opened, is closing or was reopened.
export const agreementDecisions = {
  "why.agreement_opened": "Opened in {recordSystem}",
  "why.agreement_window": "Closed in {workSystem} only: {recordSystem} has {windowMinutes}",
  "why.agreement_open_again": "Open again in {workSystem}, where it had been closed",
  "why.agreement_both_closed": "Closed in both systems",
  "why.agreement_no_record": "Closed in {workSystem}, and the other system has no number of it",
  "why.agreement_by_hand": "Somebody said that both systems agree",
  "why.agreement_reopened": "Reopened in {workSystem}: {recordSystem} had not closed it within {windowMinutes}",
  "event.agreement.reopened": "Reopened by agreement",
  "event.agreement.escalated": "Reopened again: a lead was notified",
  "event.agreement.disagreed": "The two systems do not agree",
  "notifications.escalated": "{number} was closed in one system only again, and reopened",
}
