import type { agreementDecisions as english } from "../../en/agreements/why-it-moved-the-ticket.ts"

export const agreementDecisions: Record<keyof typeof english, string> = {
  "why.agreement_opened": "Se abrió en {recordSystem}",
  "why.agreement_window": "Cerrado solo en {workSystem}: {recordSystem} tiene {windowMinutes}",
  "why.agreement_open_again": "Abierto otra vez en {workSystem}, donde se había cerrado",
  "why.agreement_both_closed": "Cerrado en los dos sistemas",
  "why.agreement_no_record": "Cerrado en {workSystem}, y el otro sistema no tiene su número",
  "why.agreement_by_hand": "Alguien dijo que los dos sistemas están de acuerdo",
  "why.agreement_reopened": "Reabierto en {workSystem}: {recordSystem} no lo cerró en {windowMinutes}",
  "event.agreement.reopened": "Reabierto por acuerdo",
  "event.agreement.escalated": "Reabierto otra vez: se avisó a un líder",
  "event.agreement.disagreed": "Los dos sistemas no están de acuerdo",
  "notifications.escalated": "{number} se cerró otra vez en un solo sistema y se reabrió",
}
