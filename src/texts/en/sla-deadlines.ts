// Deadlines by SLA policies: what happened to them, whom it is said to, and why.
export const deadlines = {
  "event.ticket.sla_warned": "A deadline is at risk",
  "event.ticket.sla_breached": "A deadline was missed",
  "event.ticket.escalated": "Escalated by its SLA policy",
  "notifications.sla_warning": "A deadline of {number} is at risk",
  "notifications.sla_breached": "A deadline of {number} was missed",
  "why.sla_warning": "80 % of the time that the policy {policyName} grants have passed ({minutes} working minutes)",
  "why.sla_breach": "The time that the policy {policyName} grants has passed ({minutes} working minutes)",
  "why.sla_first_response":
    "First response: the policy {policyName} grants {minutes} working minutes since the ticket was created",
  "why.sla_first_response.reopened":
    "First response: the policy {policyName} grants {minutes} working minutes since the customer came back",
  "why.sla_next_response":
    "Next response: the policy {policyName} grants {minutes} working minutes since the first message that nobody answered",
  "why.sla_resolution":
    "Resolution: the policy {policyName} grants {minutes} working minutes since the ticket was created",
  "why.sla_resolution.reopened":
    "Resolution: the policy {policyName} grants {minutes} working minutes since the ticket was reopened",
  "audit.kind.sla_policy": "SLA policy",
  "audit.field.targets": "targets",
  "audit.field.visibleToCustomer": "customers see deadlines",
  "audit.field.escalations": "escalations",
}
