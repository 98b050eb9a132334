import type { intakeDecisions as english } from "../en/why-intake-chose-the-ticket.ts"

export const intakeDecisions: Record<keyof typeof english, string> = {
  "why.joined_active": "Se unió: el ticket de la conversación seguía activo",
  "why.created_no_ticket": "Ticket nuevo: esta conversación no tenía ninguno",
  "why.created_window_passed": "Ticket nuevo: última actividad hace {elapsedMinutes}, ventana {windowMinutes}",
  "why.created_window_passed.closure": "Ticket nuevo: cerrado hace {elapsedMinutes}, ventana {windowMinutes}",
  "why.created_campaign_mismatch": "Ticket nuevo: el anterior no es de este mensaje de campaña",
  "why.created_never_reopens": "Ticket nuevo: esta conexión nunca reabre",
  "why.created_never_reopens.category": "Ticket nuevo: una categoría del anterior nunca reabre",
  "why.reopened_in_window": "Reabierto: última actividad hace {elapsedMinutes}, ventana {windowMinutes}",
  "why.reopened_in_window.closure": "Reabierto: cerrado hace {elapsedMinutes}, ventana {windowMinutes}",
  "why.reopened_support": "Reabierto: el cliente escribió en un ticket resuelto o cerrado",
  "why.created_support_closed":
    "Ticket nuevo: el anterior se cerró hace {elapsedDays} d, reabre dentro de {windowDays} d",
  "why.reopened_group": "Reabierto: un grupo conserva su ticket a cualquier edad",
  "why.attached_late": "Adjuntado: escrito mientras se cruzaban los mensajes de ese ticket, llegó tarde",
  "why.attached_blocked": "Adjuntado: quien lo escribió está bloqueado",
  "why.created_blocked": "Guardado en un ticket cerrado: quien lo escribió está bloqueado",
  "why.attached_acknowledgement": "Adjuntado: un simple gracias u ok no reabre",
  "why.attached_silent": "Adjuntado: estaba en el buzón antes de conectarlo",
  "why.attached_farewell": "Adjuntado: nuestra despedida no reabre",
  "why.kept_campaign": "Adjuntado: un mensaje nuestro no cambia el estado de un ticket de campaña",
  "why.duplicate": "Ignorado: este mensaje ya había llegado",
  "why.attached_reaction": "Adjuntado: una reacción a un mensaje no cambia nada más",
  "why.attached_system": "Adjuntado: un aviso del canal no cambia nada más",
  "why.ignored_reaction": "Ignorado: una reacción a un mensaje que no está aquí",
  "why.ignored_system": "Ignorado: un aviso del canal sin mensaje ni ticket activo aquí",
}
