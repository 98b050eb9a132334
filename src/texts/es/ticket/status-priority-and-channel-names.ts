import type { statusPriorityAndChannelNames as english } from "../../en/ticket/status-priority-and-channel-names.ts"

export const statusPriorityAndChannelNames: Record<keyof typeof english, string> = {
  "status.new": "Nuevo",
  "status.active": "Abierto",
  "status.waiting": "En espera",
  "status.resolved": "Resuelto",
  "status.closed": "Cerrado",

  "kind.conversation": "Conversación",
  "kind.support": "Soporte",
  "kind.incident": "Incidente",
  "kind.mirrored": "Espejo",

  "priority.low": "Baja",
  "priority.medium": "Media",
  "priority.high": "Alta",
  "priority.urgent": "Urgente",

  "channel.web": "Web",
  "channel.whatsapp": "WhatsApp",
  "channel.email": "Correo",
  "channel.chat": "Chat",
  "channel.api": "API",
  "channel.phone": "Teléfono",
}
