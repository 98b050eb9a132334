import type { failedDeliveries as english } from "../en/failed-deliveries.ts"

export const failedDeliveries: Record<keyof typeof english, string> = {
  "settings.aside": "Mensajes entrantes fallidos",
  "aside.intro": "Mensajes que Hilo no pudo procesar. No detienen a los demás y ninguno se pierde.",
  "aside.empty": "No hay mensajes fallidos",
  "aside.emptyText": "Lo que no se pueda procesar aparecerá aquí, para revisarlo e intentarlo de nuevo.",
  "aside.tries": "{count, plural, one {intentado una vez} other {intentado # veces}}",
  "aside.replay": "Intentar de nuevo",
  "aside.replayed": "Procesado. Ya está en su conversación.",
  "aside.stillBad": "Falló de nuevo: {reason}",
  "aside.element": "Datos recibidos",
}
