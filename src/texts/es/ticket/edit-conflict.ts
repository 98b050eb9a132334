import type { editConflict as english } from "../../en/ticket/edit-conflict.ts"

export const editConflict: Record<keyof typeof english, string> = {
  "conflict.somebody": "Alguien",
  "conflict.changed": "{name} cambió {field}: {from} → {to}",
  "conflict.mine": "Conservar lo mío",
  "conflict.theirs": "Usar lo suyo",
  "conflict.status": "el estado",
  "conflict.priority": "la prioridad",
  "conflict.subject": "el asunto",
  "conflict.assignee": "la persona asignada",
  "conflict.team": "el equipo",
  "conflict.tags": "las etiquetas",
  "conflict.categories": "las categorías",
  "conflict.customFields": "los campos",
}
