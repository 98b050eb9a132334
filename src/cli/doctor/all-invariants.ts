// What every module promises, in the order in which it can be repaired: the schema first, on which all else stands.
import type { Invariant } from "#kernel/invariant.ts"
import { kernelInvariants } from "#kernel/kernel-invariants.ts"
import { schemaInvariants } from "#kernel/schema-invariants.ts"
import { agreementInvariants } from "#agreements/invariants.ts"
import { calendarInvariants } from "#calendars/invariants.ts"
import { channels } from "#channels/index.ts"
import { connectionInvariants } from "#connections/invariants.ts"
import { contactInvariants } from "#contacts/invariants.ts"
import { webhookInvariants } from "#incoming-webhooks/invariants.ts"
import { eventInvariants, logTriggers } from "#event-log/invariants.ts"
import { fileInvariants } from "#files/invariants.ts"
import { incidentInvariants } from "#incidents/invariants.ts"
import { messageInvariants, messageObjects } from "#messages/invariants.ts"
import { peopleInvariants } from "#people/invariants.ts"
import { routingInvariants } from "#routing/invariants.ts"
import { replyInvariants } from "#replies/invariants.ts"
import { surveyInvariants } from "#surveys/invariants.ts"
import { settingsInvariants } from "#settings/invariants.ts"
import { slaInvariants } from "#sla/invariants.ts"
import { lifecycleTrigger, ticketInvariants, ticketObjects } from "#tickets/invariants.ts"
import { overdueCheck } from "#timers/index.ts"
import { timers } from "../../background-work.ts"

export const allInvariants: Invariant[] = [
  ...kernelInvariants,
  ...schemaInvariants([...ticketObjects, ...messageObjects], [lifecycleTrigger, ...logTriggers]),
  ...settingsInvariants,
  ...eventInvariants,
  overdueCheck(timers),
  ...calendarInvariants,
  ...peopleInvariants,
  ...routingInvariants,
  ...contactInvariants,
  ...connectionInvariants,
  ...Object.values(channels).flatMap(({ checks = [] }) => checks),
  ...messageInvariants,
  ...fileInvariants,
  ...replyInvariants,
  ...webhookInvariants,
  ...ticketInvariants,
  ...slaInvariants,
  ...incidentInvariants,
  ...surveyInvariants,
  ...agreementInvariants,
]
