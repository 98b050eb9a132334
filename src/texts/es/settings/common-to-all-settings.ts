import type { settingsForms as english } from "../../en/settings/common-to-all-settings.ts"

export const settingsForms: Record<keyof typeof english, string> = {
  "settings.title": "Ajustes",
  "settings.sections": "Secciones de los ajustes",
  "settings.connections": "Conexiones",
  "settings.linked-systems": "Sistemas enlazados",
  "settings.failed-hooks": "Webhooks fallidos",
  "settings.saveFailed": "No se guardó.",
  "settings.notAllowed": "Solo administración puede cambiar esto.",

  "entity.deleteTitle": "¿Eliminar {name}?",
  "entity.deleteText": "No se puede deshacer.",
  "entity.none": "Aún no hay nada aquí.",
  "entity.up": "Subir {name}",
  "entity.down": "Bajar {name}",
  "entity.sharedWith": "Disponible para",
  "entity.sharedWith.me": "Solo para mí",
  "entity.sharedWith.team": "Un equipo",
  "entity.sharedWith.all": "Todos",
  "entity.add": "Agregar",
  "entity.removeRow": "Quitar la fila {n}",
  "entity.nobody": "Nadie",
  "entity.currentAgent": "El agente actual",
  "entity.value": "Valor",
  "secret.kept": "Configurado",
  "secret.replace": "Reemplazar",
  "secret.remove": "Quitar al guardar",
}
