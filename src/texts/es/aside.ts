import type { aside as english } from "../en/aside.ts"

export const aside: Record<keyof typeof english, string> = {
  "settings.aside": "Mensajes apartados",
  "aside.intro": "Lo que llegó y no se pudo entender. Nada más espera por ello, y nada se pierde.",
  "aside.empty": "No hay nada apartado",
  "aside.emptyText": "Lo que no se pueda recibir quedará aquí, para mirarlo e intentarlo otra vez.",
  "aside.tries": "{count, plural, one {intentado una vez} other {intentado # veces}}",
  "aside.replay": "Intentar otra vez",
  "aside.replayed": "Recibido. Ya está en su conversación.",
  "aside.stillBad": "Falló otra vez: {reason}",
  "aside.element": "Lo que llegó",
}
