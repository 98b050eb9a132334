import type { notificationList as english } from "../../en/inbox/notification-list.ts"

export const notificationList: Record<keyof typeof english, string> = {
  "notifications.none": "No hay notificaciones nuevas",
  "notifications.allRead": "Marcar todo como leído",
  "notifications.desktop": "Notificaciones de escritorio",
  "notifications.desktopBlocked":
    "Este navegador las bloquea. Permite las notificaciones de esta página en su configuración.",
  "notifications.preferences": "De qué te avisamos",
}
