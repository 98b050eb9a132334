import type { newTicket as english } from "../../en/ticket/new-ticket.ts"

export const newTicket: Record<keyof typeof english, string> = {
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
