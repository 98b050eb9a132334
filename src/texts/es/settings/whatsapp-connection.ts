import type { whatsappConnection as english } from "../../en/settings/whatsapp-connection.ts"

export const whatsappConnection: Record<keyof typeof english, string> = {
  "whatsapp.new": "Conectar un número de WhatsApp",
  "whatsapp.intro":
    "Cuatro pasos. Necesitas un número en el WhatsApp Manager de Meta y una app en developers.facebook.com.",
  "whatsapp.where": "Qué número",
  "whatsapp.whereText":
    "En developers.facebook.com abre tu app y ve a WhatsApp → Configuración de la API. Ahí están los dos identificadores.",
  "whatsapp.nameHint": "Cómo llama tu equipo a este número.",
  "whatsapp.phoneNumberId": "Identificador de número de teléfono",
  "whatsapp.phoneNumberIdHint": "Solo dígitos. No es el número de teléfono.",
  "whatsapp.wabaId": "Identificador de la cuenta de WhatsApp Business",
  "whatsapp.wabaIdHint": "Está debajo del otro. De ella vienen las plantillas.",
  "whatsapp.language": "Idioma de este número",
  "whatsapp.languageHint": "Para palabras como Foto o Ubicación, que ocupan el lugar de lo que no es texto.",
  "whatsapp.keys": "Claves",
  "whatsapp.keysText":
    "Lo que deja a Hilo enviar, y saber que un mensaje viene de verdad de Meta. Se guardan cifradas y no se muestran otra vez.",
  "whatsapp.accessToken": "Token de acceso",
  "whatsapp.accessTokenHint":
    "Configuración del negocio → Usuarios del sistema → Generar token, sin vencimiento, con whatsapp_business_messaging y whatsapp_business_management.",
  "whatsapp.appSecret": "Clave secreta de la app",
  "whatsapp.appSecretHint": "En tu app: Configuración → Básica → Clave secreta.",
  "whatsapp.verifyToken": "Token de verificación",
  "whatsapp.verifyTokenHint":
    "Una palabra que solo conocen Meta y Hilo. Esta es al azar; la pegas en el siguiente paso.",
  "whatsapp.saveAndGoOn": "Guardar y continuar",
  "whatsapp.saveFirst": "Primero guarda los pasos de arriba.",
  "whatsapp.webhook": "Webhook",
  "whatsapp.webhookText":
    "En tu app: WhatsApp → Configuración → Webhook → Editar. Pega los dos y pulsa Verificar y guardar.",
  "whatsapp.callbackUrl": "URL de devolución de llamada",
  "whatsapp.newVerifyToken": "Generar uno nuevo",
  "whatsapp.needsHttps":
    "Meta solo llama a direcciones https. Abre Hilo por la dirección con la que el mundo lo conoce y copia desde ahí.",
  "whatsapp.subscribe":
    "Después, en Campos del webhook, suscríbete a messages. Escribe a tu número desde cualquier teléfono y míralo llegar aquí.",
  "whatsapp.lastWebhook": "Último webhook recibido: {when}",
  "whatsapp.listening": "Esperando el primer webhook. Esta página se actualiza sola.",
  "whatsapp.checks": "Comprobaciones",
  "whatsapp.checksText": "Comprobado con Meta en este momento.",
  "whatsapp.checkAgain": "Comprobar de nuevo",
  "whatsapp.ok": "Correcto",
  "whatsapp.notOk": "Con errores",
  "whatsapp.check.token": "Token de acceso",
  "whatsapp.check.number": "Número",
  "whatsapp.check.webhook": "Webhook",
  "whatsapp.check.templates": "Plantillas",
  "whatsapp.fix.network":
    "Hilo no pudo preguntarle a Meta. Mira si el servidor llega a graph.facebook.com y comprueba otra vez.",
  "whatsapp.fix.token": "Genera un token nuevo sin vencimiento y reemplázalo en el paso 2.",
  "whatsapp.fix.number":
    "Compara el identificador con la Configuración de la API, y da acceso a esta cuenta de WhatsApp al usuario del sistema.",
  "whatsapp.fix.webhook": "Completa el paso 3, suscríbete a messages y escribe al número desde un teléfono.",
  "whatsapp.fix.appSecret": "Ingresa la clave secreta en el paso 2. Sin ella se rechaza todo lo que llega.",
  "whatsapp.fix.verifyToken": "Genera un token de verificación en el paso 3 y pégalo en Meta.",
  "whatsapp.fix.waba": "Ingresa el identificador de la cuenta de WhatsApp Business en el paso 1.",
  "whatsapp.fix.templates":
    "Compara el identificador de la cuenta, y mira que el token tenga whatsapp_business_management.",
}
