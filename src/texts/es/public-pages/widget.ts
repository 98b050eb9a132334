import type { widget as en } from "../../en/public-pages/widget.ts"

export const widget: typeof en = { open: "Abrir el chat", close: "Cerrar el chat", chat: "Chat", unread: "sin leer" }
