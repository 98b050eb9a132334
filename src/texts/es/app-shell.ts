import type { appShell as english } from "../en/app-shell.ts"

export const appShell: Record<keyof typeof english, string> = {
  "app.skip": "Ir al contenido",

  "nav.main": "Principal",
  "nav.campaigns": "Campañas",
  "nav.inbox": "Bandeja",
  "nav.agreements": "Acuerdos",
  "nav.contacts": "Contactos",
  "nav.settings": "Ajustes",
  "nav.shortcuts": "Atajos de teclado",
  "nav.account": "Cuenta de {name}",
  "nav.signOut": "Salir",

  "language.es": "Español",
  "language.en": "English",
  "language.label": "Idioma",

  "theme.label": "Tema",
  "theme.light": "Claro",
  "theme.dark": "Oscuro",
  "theme.system": "Igual que el sistema",

  "offline.title": "Sin conexión. Lo que escribes se conserva y los mensajes pueden tardar.",
  "offline.reconnecting": "Reconectando… los mensajes pueden tardar.",
}
