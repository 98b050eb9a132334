import type { notificationPreferences as english } from "../../en/settings/notification-preferences.ts"

export const notificationPreferences: Record<keyof typeof english, string> = {
  "notificationChoices.title": "Notificaciones",
  "notificationChoices.intro": "De qué te avisamos, en cada computador donde inicias sesión.",
  "notificationChoices.kind": "Qué pasa",
  "notificationChoices.list": "Lista",
  "notificationChoices.sound": "Sonido",
  "notificationChoices.system": "Fuera",
  "notificationChoices.columnsHint":
    "Lista: en la campana y en la pantalla. Fuera: como notificación de tu computador, mientras no se vea ninguna página de Hilo.",
  "notificationChoices.of": "{kind}: {column}",
  "notificationChoices.assigned": "Me asignan un ticket",
  "notificationChoices.answered": "Un cliente escribe en un ticket mío",
  "notificationChoices.mentioned": "Alguien me menciona",
  "notificationChoices.new_unassigned": "Un ticket nuevo de mis equipos que nadie tiene, mientras estoy en línea",
  "notificationChoices.sla_warning": "Un plazo está en riesgo",
  "notificationChoices.sla_breached": "Un plazo venció",
  "notificationChoices.escalated": "Un ticket se cierra una y otra vez en un solo sistema",
  "notificationChoices.freed": "Un agente de mi equipo ya no está y sus tickets quedaron sin asignar",
  "notificationChoices.unassigned": "Un ticket deja de ser mío",
  "notificationChoices.merged_away": "Un ticket mío se combina con otro",
  "notificationChoices.connection_failing": "Un buzón no funciona (administradores)",
  "notificationChoices.connection_well": "Un buzón funciona de nuevo (administradores)",
  "notificationChoices.connection_flooded": "Un buzón recibe demasiados correos de una dirección (administradores)",
  "notificationChoices.quiet": "Horas de silencio",
  "notificationChoices.quietHint":
    "Todos los días, en tu zona horaria: sin sonido y nada fuera de la página. La lista sigue.",
  "notificationChoices.from": "Desde",
  "notificationChoices.to": "Hasta",
  "notificationChoices.sameHour": "debe ser distinta de la hora de inicio",
  "notificationChoices.try": "Oír el sonido",
}
