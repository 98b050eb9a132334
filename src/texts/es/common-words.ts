import type { commonWords as english } from "../en/common-words.ts"

export const commonWords: Record<keyof typeof english, string> = {
  "action.cancel": "Cancelar",
  "action.save": "Guardar",
  "action.saved": "Guardado",
  "action.create": "Crear",
  "action.edit": "Editar",
  "action.delete": "Eliminar",
  "action.discard": "Descartar el mensaje",
  "action.copy": "Copiar",
  "action.copied": "Copiado",
  "action.undo": "Deshacer",
  "action.more": "Más",

  "role.admin": "Administración",
  "role.lead": "Líder",
  "role.agent": "Agente",
  "role.user": "Cliente",

  "field.email": "Correo",
  "field.password": "Contraseña",
  "field.name": "Nombre",
  "field.optional": "opcional",
}
