import type { why as english } from "../en/why.ts"

export const why: Record<keyof typeof english, string> = {
  "why.joined_active": "Se unió: la conversación seguía abierta",
  "why.created_no_ticket": "Ticket nuevo: primer mensaje de esta conversación",
  "why.created_window_passed": "Ticket nuevo: cerrado hace {elapsedMinutes}, ventana {windowMinutes}",
  "why.created_campaign_mismatch": "Ticket nuevo: el anterior es de otra campaña",
  "why.created_never_reopens": "Ticket nuevo: esta conexión nunca reabre",
  "why.reopened_in_window": "Reabierto: cerrado hace {elapsedMinutes}, ventana {windowMinutes}",
  "why.reopened_support": "Reabierto: el cliente escribió en un ticket resuelto o cerrado",
  "why.created_support_closed":
    "Ticket nuevo: el anterior se cerró hace {elapsedDays} días, reabre dentro de {windowDays}",
  "why.reopened_group": "Reabierto: un grupo conserva su ticket a cualquier edad",
  "why.attached_late": "Adjuntado: escrito antes del cierre, llegó tarde",
  "why.attached_acknowledgement": "Adjuntado: un simple agradecimiento no reabre",
  "why.attached_farewell": "Adjuntado: nuestra despedida no reabre",
  "why.kept_campaign": "Reabierto sin cambiar su estado: ticket de campaña tocado por un mensaje nuestro",
  "why.duplicate": "Ignorado: este mensaje ya había llegado",
  "why.attached_reaction": "Adjuntado: una reacción a un mensaje no cambia nada más",
  "why.attached_system": "Adjuntado: un aviso del canal no cambia nada más",
  "why.ignored_reaction": "Ignorado: una reacción no cambia nada",
  "why.ignored_system": "Ignorado: un aviso del canal no cambia nada",
}
