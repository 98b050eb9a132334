import type { contactAddresses as english } from "../en/contact-addresses.ts"

export const contactAddresses: Record<keyof typeof english, string> = {
  "contact.edit": "Editar el contacto",
  "contact.more": "Más de este contacto",
  "contact.merge": "Combinar con otro contacto",
  "contact.block": "Bloquear",
  "contact.unblock": "Desbloquear",

  "details.identities": "Direcciones",
  "details.noIdentities": "Sin direcciones",
  "details.addAddress": "Agregar correo o teléfono",
  "details.add": "Agregar",
  "details.partial": "Solo ves lo que escribiste tú: conoces a esta persona por un ticket que le abriste.",

  "identity.email": "Correo",
  "identity.bsuid": "WhatsApp",
  "identity.visitor": "Chat",
  "identity.is_visitor": "Visitante del chat",
  "identity.is_bsuid": "Alguien que oculta su número",
  "identity.page": "En {page}",
  "identity.referrer": "Llegó desde {page}",
  "identity.external": "Externo",
  "identity.group": "Grupo",

  "proof.by_message": "Escribió desde aquí",
  "proof.by_link": "Entró con un enlace que le llegó aquí",
  "proof.by_import": "Vino de una lista",
  "proof.by_staff": "La escribió alguien del equipo",
  "proof.by_named": "La escribió {name}",
  "proof.by_visitor": "La dio quien escribió, sin comprobar",
  "proof.unconfirmed": "sin confirmar",
  "proof.claimed": "El cliente dice que es suya",
  "proof.confirm": "Confirmar que es suya",
  "proof.confirmHint": "Quien tenga esta dirección podrá leer todo lo hablado con este contacto.",
  "proof.confirmed": "Confirmada: {value}",
}
