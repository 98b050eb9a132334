import type { customFieldsAndCategories as english } from "../../en/settings/custom-fields-and-categories.ts"

export const customFieldsAndCategories: Record<keyof typeof english, string> = {
  "settings.fields": "Campos personalizados",
  "settings.categories": "Categorías",

  "fields.intro": "Lo que registran tus tickets además del asunto y la prioridad.",
  "fields.new": "Nuevo campo",
  "fields.edit": "Editar {name}",
  "fields.label": "Nombre visible",
  "fields.key": "Clave",
  "fields.keyHint": "Para reglas y programas. No se puede cambiar.",
  "fields.type": "Tipo",
  "fields.type.text": "Texto",
  "fields.type.number": "Número",
  "fields.type.boolean": "Sí o no",
  "fields.type.date": "Fecha",
  "fields.type.select": "Uno de una lista",
  "fields.type.multi_select": "Varios de una lista",
  "fields.options": "Opciones, una por línea",
  "fields.required": "Obligatorio",
  "fields.public": "Visible para los clientes",

  "categories.intro": "De qué tratan los tickets.",
  "categories.new": "Nueva categoría",
  "categories.edit": "Editar {name}",
  "categories.window": "Ventana de reapertura en minutos",
  "categories.windowHint": "Vacía: la de la conexión.",
}
