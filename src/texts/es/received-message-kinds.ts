import type { receivedMessageKinds as english } from "../en/received-message-kinds.ts"

export const receivedMessageKinds: Record<keyof typeof english, string> = {
  "received.image": "Foto",
  "received.video": "Video",
  "received.audio": "Audio",
  "received.voice": "Mensaje de voz",
  "received.document": "Documento",
  "received.sticker": "Sticker",
  "received.location": "Ubicación",
  "received.contact": "Contacto",
  "received.form": "Formulario",
  "received.order": "Pedido",
  "received.advert": "Llegó por el anuncio {headline}",
  "received.edited": "Lo cambió por: {text}",
  "received.deleted": "Quien lo escribió borró el mensaje",
}
