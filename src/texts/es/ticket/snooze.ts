import type { snooze as english } from "../../en/ticket/snooze.ts"

export const snooze: Record<keyof typeof english, string> = {
  "snooze.title": "Posponer",
  "snooze.hour": "Una hora",
  "snooze.threeHours": "Tres horas",
  "snooze.tomorrow": "Mañana",
  "snooze.nextWeek": "La próxima semana",
  "snooze.date": "Elegir fecha y hora…",
  "snooze.until": "Hasta",
  "snooze.past": "Elige un momento futuro.",
  "snooze.go": "Posponer",
  "snooze.unsnooze": "Reactivar",
  "snooze.snoozedUntil": "Pospuesto hasta {when}",
  "snooze.done": "{number} pospuesto hasta {when}",
  "snooze.unsnoozed": "{number} ya no está pospuesto",
}
