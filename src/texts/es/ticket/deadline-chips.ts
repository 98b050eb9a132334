import type { deadlineChips as english } from "../../en/ticket/deadline-chips.ts"

export const deadlineChips: Record<keyof typeof english, string> = {
  "sla.deadlines": "Plazos",
  "sla.metric.first_response": "Primera respuesta",
  "sla.metric.next_response": "Próxima respuesta",
  "sla.metric.resolution": "Resolución",
  "sla.due.today": "{metric}: vence hoy {time}",
  "sla.due.weekday": "{metric}: vence el {day} {time}",
  "sla.due.date": "{metric}: vence el {when}",
  "sla.overdue": "{metric}: venció hace {duration}",
  "sla.missed": "{metric}: vencido",
  "sla.paused": "{metric}: en pausa, quedan {duration}",
  "sla.met": "{metric}: cumplido",
  "sla.ended": "{metric}: ya no cuenta",
}
