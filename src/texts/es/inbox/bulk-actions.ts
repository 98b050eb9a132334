import type { bulkActions as english } from "../../en/inbox/bulk-actions.ts"

export const bulkActions: Record<keyof typeof english, string> = {
  "bulk.label": "Acciones para los tickets seleccionados",
  "bulk.start": "Seleccionar tickets",
  "bulk.choose": "Seleccionar {number}, {name}",
  "bulk.count": "{count, plural, =0 {Ninguno seleccionado} one {# seleccionado} other {# seleccionados}}",
  "bulk.all": "Seleccionar todos",
  "bulk.clear": "Borrar selección",
  "bulk.noStatus": "Ninguno puede cambiar de estado",
  "bulk.announce": "{count, plural, one {Cerrar # ticket} other {Cerrar # tickets}}",
  "bulk.announceText":
    "{farewells, plural, =0 {} one {# cliente recibirá la despedida de su canal. } other {# clientes recibirán la despedida de su canal. }}{mails, plural, =0 {} one {# cliente recibirá un correo.} other {# clientes recibirán un correo.}}{surveys, plural, =0 {} one { Se enviará # encuesta.} other { Se enviarán # encuestas.}}{undelivered, plural, =0 {} one { Un mensaje no se entregó.} other { # mensajes no se entregaron.}}",
  "bulk.announceGo": "Cerrar y notificar",
  "bulk.running": "Cambiando…",
  "bulk.done": "{count, plural, one {# ticket cambiado} other {# tickets cambiados}}",
  "bulk.undone": "{count, plural, one {# ticket restaurado} other {# tickets restaurados}}",
  "bulk.export": "Exportar los seleccionados como CSV",
  "bulk.addTags": "Agregar",
  "bulk.addTagsHint": "Separa varias con comas",
  "bulk.removeTags": "Quitar",
  "bulk.result": "Algunos tickets no se pudieron cambiar",
  "bulk.resultText": "Cambiados: {changed}. Rechazados: {refused}, que siguen como estaban.",
  "bulk.rowDone": "Cambiado",
  "bulk.rowRefused": "Rechazado",
}
