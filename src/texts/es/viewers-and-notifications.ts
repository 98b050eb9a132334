import type { viewersAndNotifications as english } from "../en/viewers-and-notifications.ts"

export const viewersAndNotifications: Record<keyof typeof english, string> = {
  "viewers.viewing": "{count, plural, one {{names} está viendo este ticket} other {{names} están viendo este ticket}}",
  "viewers.customerWriting": "El cliente está escribiendo",
  "viewers.writing": "{name} está escribiendo…",
  "viewers.writingNote": "{name} está escribiendo una nota…",

  "notifications.title": "Notificaciones",
  "notifications.unread":
    "{count, plural, =0 {Notificaciones} one {Notificaciones, # sin leer} other {Notificaciones, # sin leer}}",
  "notifications.open": "Abrir",
  "notifications.hiddenTicket": "un ticket que ya no puedes ver",
  "notifications.mentioned": "{name} te mencionó en {number}",
  "notifications.assigned": "{name} te asignó {number}",
  "notifications.unassigned": "{name} te quitó la asignación de {number}",
  "notifications.answered": "{name} escribió en {number}",
  "notifications.said": "{name} escribió: «{text}»",
  "notifications.new_unassigned": "{number} es nuevo y nadie lo tiene",
  "notifications.newSaid": "Nuevo: {name} escribió «{text}»",
  "notifications.visitor": "Un visitante",
  "notifications.customer": "Un cliente",
  "notifications.freed": "{name} ya no es agente: sus tickets abiertos quedaron sin asignar, como {number}",
  "notifications.merged_away": "{name} combinó {number} con otro ticket",
  "notifications.connection_failing": "{name} no funciona desde hace diez minutos",
  "notifications.connection_well": "{name} funciona de nuevo",
  "notifications.connection_flooded": "{name} recibe demasiados correos de una dirección",
}
