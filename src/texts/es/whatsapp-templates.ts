import type { whatsappTemplates as english } from "../en/whatsapp-templates.ts"

export const whatsappTemplates: Record<keyof typeof english, string> = {
  "whatsapp.startConversation": "Iniciar una conversación de WhatsApp",
  "templates.unwanted": "no acepta publicidad",
  "templates.title": "Plantillas",
  "templates.sync": "Sincronizar con Meta",
  "templates.synced": "{count, plural, one {# plantilla} other {# plantillas}}, sincronizadas el {when}",
  "templates.none": "Aún no hay ninguna. Sin plantillas no se puede escribir a nadie pasadas 24 horas.",
  "templates.template": "Plantilla",
  "templates.choose": "Elige una plantilla",
  "templates.nothingToSend":
    "Este número no tiene plantillas aprobadas. Alguien de administración puede sincronizarlas en Ajustes → Conexiones.",
  "templates.part.header": "Encabezado: {label}",
  "templates.part.body": "Texto: {label}",
  "templates.part.button": "Botón: {label}",
  "templates.media.image": "Esta plantilla empieza con una imagen (JPEG o PNG).",
  "templates.media.video": "Esta plantilla empieza con un video (MP4).",
  "templates.media.document": "Esta plantilla empieza con un documento.",
  "templates.send": "Enviar plantilla",
  "templates.unfillable": "no se puede enviar desde aquí: {part}",
  "templates.status.APPROVED": "Aprobada",
  "templates.status.PENDING": "En revisión",
  "templates.status.REJECTED": "Rechazada",
  "templates.status.PAUSED": "En pausa",
  "templates.status.DISABLED": "Desactivada",
}
