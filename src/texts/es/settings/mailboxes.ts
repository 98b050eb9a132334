import type { mailboxes as en } from "../../en/settings/mailboxes.ts"

export const mailboxes: Record<keyof typeof en, string> = {
  "verification.mail.subject": "Hilo está probando este buzón",
  "verification.mail.text":
    "Hilo envió este correo desde {address} a sí mismo para comprobar que el correo sale y llega. Puedes borrarlo.",
  "mail.tooLarge": "[Este correo tiene {megabytes} MB. Es demasiado grande para traerlo y solo está en el buzón.]",
  "mail.notReadable": "[No se pudo leer lo que dice este correo.]",
  "verification.imap_login": "el servidor de correo no acepta este usuario y contraseña",
  "verification.imap_throttled": "el servidor de correo pide menos intentos; espera unos minutos",
  "verification.imap_folder": "el buzón no tiene una carpeta con este nombre",
  "verification.imap_encryption": "no hay conexión cifrada con el servidor de correo; revisa el puerto y la seguridad",
  "verification.imap_unreachable": "el servidor de correo no responde; revisa el servidor y el puerto",
  "verification.imap_protocol": "lo que responde ahí no es un servidor IMAP; revisa el servidor y el puerto",
  "verification.imap_quota": "el buzón está lleno",
  "verification.imap_plain_text": "el servidor de correo no ofrece cifrado y por eso no se le envió la contraseña",
  "verification.imap_certificate": "el certificado del servidor de correo no es válido para este nombre",
  "verification.imap_host": "no existe un servidor con este nombre",
  "verification.imap_port": "el servidor de correo no acepta conexiones en este puerto",
  "verification.imap_disk_full": "el disco de Hilo está lleno",
  "verification.imap_storage": "Hilo no puede guardar archivos en este momento",
  "verification.smtp_mail_login": "el servidor de envío no acepta este usuario y contraseña",
  "verification.smtp_mail_encryption": "sin cifrado solo se usan servidores de la propia red",
  "verification.smtp_mail_address": "el servidor de envío rechaza esta dirección como destinatario",
  "verification.smtp_refused": "el servidor de envío rechaza el correo",
  "verification.smtp_temporary": "el servidor de envío pide menos intentos; espera unos minutos",
  "verification.smtp_unreachable": "el servidor de envío no responde; revisa el servidor y el puerto",
  "verification.smtp_timeout": "el servidor de envío no dice si aceptó el correo",
  "verification.imap_reconnect":
    "nadie ha iniciado sesión con este buzón en su proveedor, o el proveedor retiró el acceso; inicia sesión de nuevo",
  "verification.imap_oauth_app": "el proveedor no conoce la aplicación con este ID de cliente y secreto; revisa ambos",
  "verification.imap_oauth_server": "el inicio de sesión del proveedor no responde ahora; se le pregunta de nuevo solo",
  "verification.smtp_mail_reconnect": "el proveedor retiró el acceso a este buzón; inicia sesión de nuevo",
  "verification.smtp_mail_oauth_app":
    "el proveedor no conoce la aplicación con este ID de cliente y secreto; revisa ambos",
  "verification.smtp_mail_oauth_server":
    "el inicio de sesión del proveedor no responde ahora; se le pregunta de nuevo solo",
  "verification.not_returned": "el correo se envió y no llegó a la carpeta en medio minuto",
  "mailbox.remedy.imap_login":
    "Escribe otra vez el usuario y la contraseña y prueba el buzón. Gmail, Yahoo e iCloud piden una contraseña de aplicación; Microsoft 365 no acepta contraseñas para el correo.",
  "mailbox.remedy.imap_throttled":
    "No hay que hacer nada: Hilo espera lo que pide el servidor. Si continúa, cierra otros programas que lean el mismo buzón.",
  "mailbox.remedy.imap_quota": "Vacía el buzón en el proveedor o pide más espacio. Hilo no borra nada de él.",
  "mailbox.remedy.imap_folder":
    "Alguien cambió el nombre de la carpeta o la borró. Indica una que exista en la configuración del buzón; INBOX está en todos.",
  "mailbox.remedy.imap_plain_text":
    "Elige TLS con el puerto 993, que todos los proveedores tienen; sin cifrado solo se leen servidores de la propia red.",
  "mailbox.remedy.imap_certificate":
    "Usa el nombre para el que se emitió el certificado, que el proveedor indica (a menudo no es el de tu dominio), o pide que lo renueven.",
  "mailbox.remedy.imap_encryption": "El puerto y la seguridad no corresponden: 993 va con TLS y 143 con STARTTLS.",
  "mailbox.remedy.imap_host": "Corrige el nombre del servidor de correo; está en la página del proveedor sobre IMAP.",
  "mailbox.remedy.imap_port":
    "Corrige el puerto: 993 con TLS, 143 con STARTTLS. Si es correcto, hay un cortafuegos entre este equipo y el servidor.",
  "mailbox.remedy.imap_unreachable":
    "Revisa si este equipo llega a internet y si el proveedor tiene una interrupción. Hilo sigue intentando, al menos cada diez minutos.",
  "mailbox.remedy.imap_protocol":
    "Corrige el servidor y el puerto: se lee por IMAP, puerto 993 con TLS. Los puertos 25, 465 y 587 son para enviar.",
  "mailbox.remedy.imap_disk_full":
    "Libera espacio donde están HILO_DATA y la base de datos. No se pierde ningún correo: quedan en el buzón hasta que haya espacio.",
  "mailbox.remedy.imap_storage":
    "Revisa que la carpeta de adjuntos o el contenedor de S3_URL exista y se pueda escribir. No se pierde ningún correo: quedan en el buzón.",
  "mailbox.remedy.smtp_mail_login":
    "Escribe otra vez la contraseña de envío y prueba el buzón. Lo que está por salir espera y sale entonces.",
  "mailbox.remedy.smtp_mail_encryption": "Elige TLS con el puerto 465 o STARTTLS con el puerto 587 para enviar.",
  "mailbox.remedy.imap_reconnect":
    "Abre los ajustes del buzón e inicia sesión de nuevo en el proveedor; lo que espera sigue solo.",
  "mailbox.remedy.imap_oauth_app":
    "Compara el ID de cliente y el secreto con la aplicación en el proveedor: un secreto allí caduca.",
  "mailbox.remedy.imap_oauth_server":
    "No hay nada que hacer: Hilo pregunta de nuevo al proveedor y no se pierde ningún correo.",
  "mailbox.remedy.smtp_mail_reconnect":
    "Abre los ajustes del buzón e inicia sesión de nuevo en el proveedor; lo que espera sigue solo.",
  "mailbox.remedy.smtp_mail_oauth_app":
    "Compara el ID de cliente y el secreto con la aplicación en el proveedor: un secreto allí caduca.",
  "mailbox.remedy.smtp_mail_oauth_server":
    "No hay nada que hacer: Hilo pregunta de nuevo al proveedor y no se pierde ningún correo.",
  "mailbox.remedy.other": "Prueba el buzón en su configuración: la prueba dice paso a paso qué funciona.",
  "mail.alert.failing.subject": "El buzón {name} no funciona desde hace diez minutos",
  "mail.alert.failing.text":
    "Hilo no puede leer el buzón {name} o no puede enviar por él desde hace diez minutos. No se pierde ningún correo: quedan en el buzón, y lo que está por salir espera. Su página dice qué pasa y qué hacer:",
  "mail.alert.well.subject": "El buzón {name} funciona de nuevo",
  "mail.alert.well.text": "El buzón {name} se lee de nuevo y envía. Lo que esperaba está en camino.",
  "mail.alert.flooded.subject": "El buzón {name} recibe demasiados correos de una dirección",
  "mail.alert.flooded.text":
    "Llegaron más de 20 correos en una hora desde una sola dirección al buzón {name}. Se apartaron, y ninguno recibe respuestas automáticas. Revísalos y haz que se reciban, o déjalos:",
}
