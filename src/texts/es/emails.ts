export const emails = {
  "mail.link.subject": "Tu enlace para entrar",
  "mail.link.text":
    "Abre este enlace para ver tus solicitudes:\n\n{link}\n\nSirve una sola vez, durante {minutes} minutos. Si no lo pediste, ignora este correo.\n",
  "mail.invitation.subject": "Tu cuenta está lista",
  "mail.invitation.text":
    "Ya tienes una cuenta. Elige aquí tu contraseña:\n\n{link}\n\nEl enlace sirve una sola vez, durante {days} días.\n",
  "mail.reset.subject": "Una contraseña nueva",
  "mail.reset.text":
    "Alguien de administración te pide que elijas una contraseña nueva:\n\n{link}\n\nEl enlace sirve una sola vez, durante {days} días.\n",
  "mail.forgotten.subject": "Una contraseña nueva",
  "mail.forgotten.text":
    "Elige aquí una contraseña nueva:\n\n{link}\n\nEl enlace sirve una sola vez, durante {minutes} minutos. Si no lo pediste, ignora este correo: tu contraseña sigue igual.\n",
  "mail.address.subject": "Se agregó una dirección a tus datos",
  "mail.address.text":
    "Nuestro equipo anotó una dirección más como tuya: {added}\n\nNo abre nada de lo que hablaste con nosotros hasta que se confirme. Dinos aquí si es tuya o no:\n\n{link}\n",
  "notice.address":
    "Nuestro equipo anotó una dirección más como tuya: {added}. No abre nada de lo que hablaste con nosotros hasta que se confirme. Si no es tuya, respóndenos por aquí.",
  "notice.closing":
    "Resolvimos tu solicitud {number}. Si no escribes nada más, se cierra el {when}. Si falta algo, respóndenos antes y la retomamos.",
  "notice.reopened":
    "TICKET REABIERTO\n\n{operator}, el ticket #{number} fue reabierto automáticamente porque no se cerró en el otro sistema.\n{subject}\nCliente: {customer}",
  "mail.update.subject": "{number}: {subject}",
  "mail.update.reply": "{name} respondió:\n\n{text}",
  "mail.update.files": "Con archivos: {names}",
  "mail.update.resolved": "Resolvimos tu solicitud.",
  "mail.update.closed": "Cerramos tu solicitud.",
  "mail.update.link": "Mírala y responde aquí:\n\n{link}\n\nNadie lee lo que se responda a este correo.\n",
  "mail.update.answerable": "Mírala aquí, o simplemente responde a este correo:\n\n{link}\n",
  "mail.transcriptLink.subject": "Confirma que quieres la conversación",
  "mail.transcriptLink.text":
    "En nuestro chat alguien pidió recibir una conversación en este correo. Si fuiste tú, abre este enlace en los próximos {minutes} minutos y confírmalo:\n\n{link}\n\nSi no fuiste tú, ignora este correo: no se envía nada más.\n",
  "mail.transcript.subject": "Tu conversación con {name}",
  "mail.transcript.you": "Tú",
  "mail.transcript.older": "(Se omite lo anterior.)",
  "mail.transcript.link": "El chat está aquí:\n\n{link}\n\nNadie lee las respuestas a este correo.\n",
  "mail.forward.mark": "---------- Mensaje reenviado ----------",
  "mail.forward.from": "De",
  "mail.forward.date": "Fecha",
  "mail.forward.subject": "Asunto",
  "mail.forward.to": "Para",
  "mail.quote": "El {at}, {name} escribió:",
  "mail.track.subject": "{number}: tu enlace",
  "mail.track.text":
    "Abre este enlace para ver tu ticket {number} y responder:\n\n{link}\n\nSirve una vez, durante {minutes} minutos. Si no lo pediste, ignora este correo.\n",
  "mail.activity.subject": "{number}: hay novedades",
  "mail.activity.text":
    "Hay novedades en el ticket {number}. Míralas aquí, con el número y esta dirección:\n\n{link}\n\nSi no abriste un ticket con nosotros, alguien dio tu dirección: ignora este correo.\n",
  "mail.chat.subject": "Te respondimos en el chat",
  "mail.chat.text":
    "Nos escribiste en el chat y te respondimos. Léelo en el navegador en el que escribiste:\n\n{link}\n\nSi no nos escribiste, alguien dio tu dirección: ignora este correo.\n",
  "mail.chat.textElsewhere":
    "Nos escribiste en el chat y te respondimos. Léelo en la página en la que escribiste, con el mismo navegador.\n\nSi no nos escribiste, alguien dio tu dirección: ignora este correo.\n",
  "mail.opened.subject": "{number}: tenemos tu ticket",
  "mail.opened.text":
    "Abrimos el ticket {number}. Mira cómo va aquí, con el número y esta dirección:\n\n{link}\n\nSi no abriste un ticket con nosotros, alguien dio tu dirección: ignora este correo.\n",
}
