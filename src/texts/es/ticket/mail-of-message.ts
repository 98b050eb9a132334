import type { mailOfMessage as en } from "../../en/ticket/mail-of-message.ts"

export const mailOfMessage: Record<keyof typeof en, string> = {
  "mail.to": "Para",
  "mail.cc": "CC",
  "mail.bcc": "CCO",
  "mail.frame": "Correo de {name}",
  "mail.stranger": "Alguien nuevo escribe aquí: {address} no participaba en este hilo.",
  "mail.claimsToBeUs": "Este correo llegó de fuera y lleva una dirección nuestra.",
  "mail.authFailed": "El dominio del remitente no confirma que este correo sea suyo.",
  "mail.autoReply": "Respuesta automática",
  "mail.receipt": "Confirmación de lectura",
  "mail.list": "Lista de correo",
  "mail.bounce": "Informe de entrega",
  "mail.unchecked": "Firmado o cifrado; Hilo no lo comprueba.",
  "mail.showFolded": "Mostrar el texto citado",
  "mail.hideFolded": "Ocultar el texto citado",
  "mail.showImages": "Mostrar imágenes remotas",
  "mail.imagesTell": "Quien las envió sabrá que el correo se leyó.",
  "mail.raw": "Descargar el original",
}
