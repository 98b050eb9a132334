import type { incidentsAtOnce as english } from "../../en/incidents/find-and-change-many.ts"

export const incidentsAtOnce: Record<keyof typeof english, string> = {
  "incident.search": "Buscar una guía o un ticket",
  "incident.searchHint": "Guía, un extremo de ella o número de ticket",
  "incident.owner": "Asignado a",
  "incident.owner.any": "Cualquiera",
  "incident.owner.me": "Míos",
  "incident.owner.unassigned": "Sin asignar",
  "incident.notFound": "No se encontró ningún incidente",
  "incident.notFoundText": "Ninguna guía empieza ni termina con «{text}», y ningún ticket tiene ese número.",
  "incident.select": "Seleccionar {name}",
  "incident.selectAll": "{count, plural, one {Seleccionar el único} other {Seleccionar los #}}",
  "incident.selectWorst": "Seleccionar los {count} más graves",
  "incident.selectedTooMany": "{count} seleccionados: se cambian a lo sumo {most} a la vez",
  "incident.selectedWorst": "{count} seleccionados: los más graves de {total}",
  "incident.selectedWorstCapped": "{count} seleccionados: los más graves de más de {total}",
  "incident.bulk": "Acciones para los incidentes seleccionados",
  "incident.take": "Tomar",
  "incident.takeAll": "{count, plural, one {Tomarlo} other {Tomar los #}}",
  "incident.resolveMany": "{count, plural, one {Resolver # incidente} other {Resolver # incidentes}}",
  "incident.closeMany": "{count, plural, one {Cerrar # incidente} other {Cerrar # incidentes}}",
  "incident.startedFirst":
    "{count, plural, one {# que nadie ha empezado se empieza primero.} other {# que nadie ha empezado se empiezan primero.}}",
  "incident.notesForAll": "Qué se hizo (opcional, lo mismo para todos)",
  "incident.closedForGood": "Un incidente cerrado no se reabre: una nueva falla crea otro.",
  "incident.changedMany": "{count, plural, one {# incidente cambiado} other {# incidentes cambiados}}",
}
