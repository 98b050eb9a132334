import type { everyApp as english } from "../en/every-app.ts"

export const everyApp: Record<keyof typeof english, string> = {
  "app.name": "Hilo",
  "app.loading": "Cargando",

  "action.close": "Cerrar",
  "action.dismiss": "Descartar",
  "action.retry": "Intentar de nuevo",
  "action.showMore": "Mostrar más",

  "field.passwordHint": "Al menos 10 caracteres. Una frase es fácil de recordar.",

  "problem.title": "Esto no funcionó",
  "problem.network": "No se llega al servidor. No se perdió nada; intenta de nuevo cuando vuelva la conexión.",
  "problem.unknown": "Algo falló en el servidor. Nada cambió. ID de la petición: {id}.",
  "problem.refused": "Esto no es posible ({code}).",
  "problem.noScreen": "No existe esa página",
  "problem.noScreenText": "La dirección puede estar mal escrita o ser antigua.",
  "problem.screen": "Esta pantalla falló. Tus textos están guardados.",

  "newVersion.text": "Hay una nueva versión de Hilo. Lo que estás escribiendo se conserva.",
  "newVersion.load": "Cargarla",

  "ticket.toInbox": "Volver a la bandeja",
  "action.notYetUndone": "El último cambio todavía se está guardando. Prueba otra vez en un momento.",
}
