import type { mergeSplitAndLink as english } from "../../en/ticket/merge-split-and-link.ts"

export const mergeSplitAndLink: Record<keyof typeof english, string> = {
  "picker.none": "No se encontraron tickets",

  "merge.menu": "Combinar con otro…",
  "merge.title": "Combinar {number}",
  "merge.text": "Sus mensajes pasan al otro ticket, y también lo que el cliente escriba desde ahora.",
  "merge.into": "Combinar con",
  "merge.other": "Otro ticket",
  "merge.go": "Combinar",
  "merge.messages": "{count, plural, one {# mensaje} other {# mensajes}}",
  "merge.preview":
    "{count, plural, =0 {Ningún mensaje pasa} one {# mensaje pasa} other {# mensajes pasan}} a {into}; {number} se cierra y lleva allí. Se puede deshacer en cualquier momento.",
  "merge.reason": "Motivo para combinarlos",
  "merge.otherCustomer": "Los tickets son de dos clientes. El motivo queda en el historial de ambos.",
  "merge.onlyLeads": "Los tickets son de dos clientes. Solo un líder o un administrador puede combinarlos.",
  "merge.done": "{number} se combinó con {into}",
  "merge.undo": "Deshacer la combinación",
  "merge.undone": "{number} vuelve a estar separado",
  "merge.goesOn": "Este ticket se combinó con",

  "split.menu": "Dividir mensajes…",
  "split.title": "Dividir",
  "split.choose": "Seleccionar el mensaje de {name}",
  "split.chosen":
    "{count, plural, =0 {Selecciona los mensajes que pasan a otro ticket} one {# mensaje pasa a otro ticket} other {# mensajes pasan a otro ticket}}",
  "split.subject": "Asunto del ticket nuevo",
  "split.go": "Dividir",
  "split.done": "{number} creado con los mensajes",

  "link.menu": "Vincular con otro…",
  "link.title": "Vincular {number}",
  "link.type": "Relación",
  "link.with": "Ticket vinculado",
  "link.remove": "Quitar el vínculo con {number}",
  "link.done": "{number} y {other} están vinculados",
  "link.none": "Este ticket no tiene tickets vinculados.",
  "link.related.to": "Relacionado con",
  "link.related.from": "Relacionado con",
  "link.follow_up.to": "Continúa en",
  "link.follow_up.from": "Continúa desde",
  "link.conversation.to": "Viene de la conversación",
  "link.conversation.from": "Dio origen al ticket",
  "link.split.to": "Mensajes divididos a",
  "link.split.from": "Dividido de",
  "link.merged.to": "Combinado con",
  "link.merged.from": "Incluye a",

  "details.links": "Vínculos",
}
