import type { contacts as english } from "../en/contacts.ts"
import { contactAddresses } from "./contact-addresses.ts"

export const contacts: Record<keyof typeof english, string> = {
  ...contactAddresses,
  "contact.find": "Buscar un contacto",
  "contact.new": "Nuevo contacto",
  "contact.count": "{count, plural, one {# contacto} other {# contactos}}{capped, select, yes { o más} other {}}",
  "contact.none": "Aún no hay contactos",
  "contact.noneText": "Aquí está quien te escribe, y a quien agregas.",
  "contact.noneFound": "No se encontró a nadie",
  "contact.noneFoundText": "Prueba con un apellido, los últimos dígitos de un teléfono o parte del correo.",
  "contact.allTickets": "Tickets",
  "contact.openTickets": "Tickets abiertos",
  "contact.endedTickets": "Tickets resueltos y cerrados",
  "contact.noTickets": "Ninguno",

  "contact.note": "Nota",
  "contact.noteHint": "Para el equipo. El contacto nunca la ve.",
  "contact.removeAddress": "Quitar {value}",
  "contact.keepAddress": "Conservar {value}",
  "contact.removeHint": "Se cierra la sesión de quien haya entrado con una dirección que se quita.",
  "contact.newField": "Campo nuevo",
  "contact.newFieldValue": "Valor",
  "contact.addField": "Agregar el campo",
  "contact.removeField": "Quitar el campo {name}",

  "contact.blockTitle": "¿Bloquear a {name}?",
  "contact.blockText":
    "Lo que escriba se guarda en un ticket cerrado y no se avisa a nadie. Nadie puede escribirle. Puedes desbloquearlo cuando quieras.",
  "contact.unblockTitle": "¿Desbloquear a {name}?",
  "contact.unblockText":
    "Lo que escriba desde ahora vuelve a abrir tickets. Lo que llegó mientras estaba bloqueado queda como está.",
  "contact.blocked": "{name} está en la lista de bloqueados",
  "contact.unblocked": "{name} ya no está en la lista de bloqueados",

  "contact.mergeTitle": "Combinar a {name} con otro contacto",
  "contact.mergeText": "Dos registros de una misma persona pasan a ser uno. Ves lo que va a pasar antes de que pase.",
  "contact.search": "El otro contacto",
  "contact.mergeNobody": "No se encontró a nadie que puedas combinar",
  "contact.mergeOther": "Elegir otro",
  "contact.mergeTurn": "Conservar el otro",
  "contact.mergeGo": "Combinar",
  "contact.mergePreview": "Lo que va a pasar",
  "contact.mergeStays": "Queda {name}.",
  "contact.mergeTickets":
    "{count, plural, =0 {No se mueve ningún ticket.} one {Se mueve # ticket.} other {Se mueven # tickets.}}",
  "contact.mergeGains": "Recibe {list}.",
  "contact.mergeFills": "{field}: se toma del otro",
  "contact.mergeUnites":
    "{count, plural, one {Una conversación abierta de los dos pasa a ser una sola.} other {# conversaciones abiertas de los dos pasan a ser una sola cada una.}}",
  "contact.mergeUndo": "Puedes deshacerlo durante 30 días.",
  "contact.merged": "Combinado con {name}",
  "contact.unmerged": "Son dos contactos de nuevo",
  "contact.mergedOn": "{name} se combinó con este contacto el {when}",
  "contact.undoMerge": "Deshacer la combinación de {name}",
  "contact.tickets": "{count, plural, =0 {sin tickets} one {# ticket} other {# tickets}}",
}
