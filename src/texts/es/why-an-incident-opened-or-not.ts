import type { incidentDecisions as english } from "../en/why-an-incident-opened-or-not.ts"

export const incidentDecisions: Record<keyof typeof english, string> = {
  "why.incident_not_whatsapp": "Anotado: solo los mensajes de WhatsApp crean incidentes",
  "why.incident_success": "Anotado: el mensaje salió",
  "why.incident_rate": "Sin ticket: un límite de envío es normal y se espera",
  "why.incident_policy": "Sin ticket: WhatsApp retiene por un día los mensajes a esta persona",
  "why.incident_account": "La cuenta entera no puede enviar: un solo incidente",
  "why.incident_permanent": "El mensaje fue rechazado definitivamente",
  "why.incident_media_again": "El archivo fue rechazado otra vez",
  "why.incident_media_once": "Sin ticket: el archivo se enviará una vez más",
  "why.incident_retrying": "Sin ticket: {retryCount} reintentos hasta ahora, se intentará de nuevo",
  "why.incident_retried": "Sigue fallando después de {retryCount} reintentos",
  "why.incident_joined": "Unido: un incidente activo tiene la misma guía y el mismo motivo",
  "why.incident_known": "Nada nuevo: el incidente ya conoce esta acción",
  "why.incident_no_movement": "Sin movimiento 48 horas después del mensaje",
  "why.incident_at_office": "Sigue en la oficina 48 horas después del mensaje",
}
