import type { mailboxes as en } from "../../en/settings/mailboxes.ts"

export const mailboxes: Record<keyof typeof en, string> = {
  "verification.mail.subject": "Hilo está probando este buzón",
  "verification.mail.text":
    "Hilo envió este correo desde {address} a sí mismo para comprobar que el correo sale y llega. Puedes borrarlo.",
  "mail.tooLarge": "[Este correo tiene {megabytes} MB. Es demasiado grande para traerlo y solo está en el buzón.]",
  "verification.imap_login": "el servidor de correo no acepta este usuario y contraseña",
  "verification.imap_throttled": "el servidor de correo pide menos intentos; espera unos minutos",
  "verification.imap_folder": "el buzón no tiene una carpeta con este nombre",
  "verification.imap_encryption": "no hay conexión cifrada con el servidor de correo; revisa el puerto y la seguridad",
  "verification.imap_unreachable": "el servidor de correo no responde; revisa el servidor y el puerto",
  "verification.imap_protocol": "lo que responde ahí no es un servidor IMAP; revisa el servidor y el puerto",
  "verification.smtp_mail_login": "el servidor de envío no acepta este usuario y contraseña",
  "verification.smtp_mail_encryption": "sin cifrado solo se usan servidores de la propia red",
  "verification.smtp_mail_address": "el servidor de envío rechaza esta dirección como destinatario",
  "verification.smtp_refused": "el servidor de envío rechaza el correo",
  "verification.smtp_temporary": "el servidor de envío pide menos intentos; espera unos minutos",
  "verification.smtp_unreachable": "el servidor de envío no responde; revisa el servidor y el puerto",
  "verification.smtp_timeout": "el servidor de envío no dice si aceptó el correo",
  "verification.not_returned": "el correo se envió y no llegó a la carpeta en medio minuto",
}
