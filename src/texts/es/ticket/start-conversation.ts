import type { startConversation as english } from "../../en/ticket/start-conversation.ts"

export const startConversation: Record<keyof typeof english, string> = {
  "conversation.with": "Iniciar una conversación con {name}",
  "conversation.connection": "Desde",
  "conversation.to": "Llega a {address}",
  "conversation.address": "Para",
  "conversation.text": "Mensaje",
  "conversation.send": "Iniciar conversación",
  "conversation.noConnection":
    "Ninguna conexión le llega. Agrega un teléfono o un correo al contacto, o configura una conexión en Ajustes.",
  "conversation.isActive": "{name} (abierta: {number})",
  "conversation.undeliverable": "{name} (no le llega)",
  "conversation.contact_blocked": "{name} (el contacto está bloqueado)",
  "conversation.forbidden": "{name} (hay abierta una conversación que no puedes ver)",
  "conversation.breaker": "{name} (detenida: los mensajes esperan)",
  "conversation.active": "Ya hablan por aquí: {number} está abierto. Léelo y responde allí.",
  "conversation.beside": "Ya está abierto con esta persona por aquí. Lo que escribas ahora será un ticket aparte.",
  "conversation.open": "Abrir {number}",
}
