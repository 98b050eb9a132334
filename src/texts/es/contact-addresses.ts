import type { contactAddresses as english } from "../en/contact-addresses.ts"

export const contactAddresses: Record<keyof typeof english, string> = {
  "phone.unread": "Escríbelo con + y el código de su país. La mesa aún no tiene país.",
  "phone.unreadOf": "No es un número de {country}. Escríbelo con + y el código de su país.",

  "details.identities": "Direcciones",
  "details.noIdentities": "Sin direcciones",
  "details.addAddress": "Agregar correo o teléfono",
  "details.add": "Agregar",
  "details.partial": "Solo ves lo que escribiste tú: conoces a esta persona por un ticket que le abriste.",

  "identity.phone": "Teléfono",
  "identity.email": "Correo",
  "identity.bsuid": "WhatsApp",
  "identity.visitor": "Chat",
  "identity.isVisitor": "Visitante del chat",
  "identity.external": "Externo",
  "identity.group": "Grupo",

  "proof.by_message": "Escribió desde aquí",
  "proof.by_link": "Entró con un enlace que le llegó aquí",
  "proof.by_import": "Vino de una lista",
  "proof.by_staff": "La escribió alguien del equipo",
  "proof.by_named": "La escribió {name}",
  "proof.by_visitor": "La dijo en el chat",
  "proof.unconfirmed": "sin confirmar",
  "proof.claimed": "El cliente dice que es suya",
  "proof.confirm": "Confirmar que es suya",
  "proof.confirmHint": "Quien tenga esta dirección podrá leer todo lo hablado con este contacto.",
  "proof.confirmed": "Confirmada: {value}",
}
