import type { widget as en } from "../en/widget.ts"

export const widget: typeof en = { open: "Abrir el chat", close: "Cerrar el chat", chat: "Chat", unread: "sin leer" }
