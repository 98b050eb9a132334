// Does a failure need a ticket? By the class of the failure, which goes by the channel's code first and by HTTP second.
import type { IncidentPriority, Trigger } from "../api-contract.ts"

export type FailureClass = "rate" | "transient" | "recipient" | "request" | "account" | "policy" | "media"

/** The action by which executors write to people; what else they do makes no incident. */
export const messageAction = "SEND_WHATSAPP"

export type SendAttempt = {
  type: string
  status: "SUCCESS" | "FAILED"
  retryCount: number
  failure: { class: FailureClass; reasonCode: string } | null
}

/** `because` names the text `why.incident_<because>`. `cause` is set when a whole connection is at fault. */
export type IncidentDecision =
  | { ticket: null; because: string }
  | { ticket: { trigger: Trigger; priority: IncidentPriority; cause: string | null }; because: string }

const none = (because: string): IncidentDecision => ({ ticket: null, because })
const ticket = (
  trigger: Trigger,
  priority: IncidentPriority,
  because: string,
  cause: string | null = null,
): IncidentDecision => ({
  ticket: { trigger, priority, cause },
  because,
})

export function decideIncident({ type, status, retryCount, failure }: SendAttempt): IncidentDecision {
  if (type !== messageAction) return none("not_whatsapp")
  if (status === "SUCCESS" || failure === null) return none("success")
  switch (failure.class) {
    case "rate":
      return none("rate")
    case "policy":
      return none("policy")
    case "account":
      return ticket("FAILED_4XX", "alta", "account", failure.reasonCode)
    case "recipient":
    case "request":
      return ticket("FAILED_4XX", "alta", "permanent")
    case "media":
      return retryCount >= 1 ? ticket("FAILED_4XX", "alta", "media_again") : none("media_once")
    case "transient":
      if (retryCount < 2) return none("retrying")
      return ticket("FAILED_5XX_RETRIES", retryCount >= 3 ? "alta" : "media", "retried")
  }
}
