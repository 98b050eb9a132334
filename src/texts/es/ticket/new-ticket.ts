import type { newTicket as english } from "../../en/ticket/new-ticket.ts"

export const newTicket: Record<keyof typeof english, string> = {
  "conversation.start": "Iniciar una conversación",
  "identity.phone": "Teléfono",
  "phone.unread": "Escríbelo con + y el código de su país. La mesa aún no tiene país.",
  "phone.unreadOf": "No es un número de {country}. Escríbelo con + y el código de su país.",
  "newTicket.title": "Ticket nuevo",
  "newTicket.from": "De la conversación {number} con {name}",
  "newTicket.discard": "Descartar",
  "newTicket.go": "Crear ticket",
  "newTicket.created": "{number} creado",
  "newTicket.subject": "Asunto",
  "newTicket.contactHint": "Nombre, número o correo",
  "newTicket.known": "Contactos conocidos",
  "newTicket.otherContact": "Otro contacto",
  "newTicket.automatic": "Automático",
  "newTicket.fromHere": "Ticket nuevo de esta conversación",
  "newTicket.show": "Abrir ticket",
  "newTicket.number": "Número",
  "newTicket.trackUrl": "Donde el cliente lo sigue",
}
