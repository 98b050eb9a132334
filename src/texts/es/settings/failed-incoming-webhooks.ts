import type { failedDeliveries as english } from "../../en/settings/failed-incoming-webhooks.ts"

export const failedDeliveries: Record<keyof typeof english, string> = {
  "settings.failed-deliveries": "Mensajes entrantes fallidos",
  "failedDeliveries.intro": "Mensajes que Hilo no pudo procesar. No detienen a los demás y ninguno se pierde.",
  "failedDeliveries.empty":
    "No hay mensajes fallidos. Lo que no se pueda procesar aparecerá aquí, para revisarlo e intentarlo de nuevo.",
  "failedDeliveries.tries": "{count, plural, one {intentado una vez} other {intentado # veces}}",
  "failedDeliveries.replay": "Intentar de nuevo",
  "failedDeliveries.replayed": "Procesado. Ya está en su conversación.",
  "failedDeliveries.failedAgain": "Falló de nuevo: {reason}",
  "failedDeliveries.element": "Datos recibidos",
}
