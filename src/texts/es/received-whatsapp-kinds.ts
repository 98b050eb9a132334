import type { receivedWhatsappKinds as english } from "../en/received-whatsapp-kinds.ts"

export const receivedWhatsappKinds: Record<keyof typeof english, string> = {
  "whatsapp.received.call": "Llamada de WhatsApp",
  "whatsapp.received.callsAllowed": "Permitió que lo llamen por WhatsApp",
  "whatsapp.received.callsRefused": "No permitió que lo llamen por WhatsApp",
  "whatsapp.received.group": "Grupo de WhatsApp",
  "whatsapp.received.unsupported": "Un mensaje de un tipo que WhatsApp no transmite",
}
