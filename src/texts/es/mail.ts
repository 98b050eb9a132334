export const mail = {
  "mail.link.subject": "Tu enlace para entrar",
  "mail.link.text":
    "Abre este enlace para ver tus solicitudes:\n\n{link}\n\nSirve una sola vez, durante {minutes} minutos. Si no lo pediste, ignora este correo.\n",
  "mail.news.subject": "{number}: {subject}",
  "mail.news.reply": "{name} respondió:\n\n{text}",
  "mail.news.files": "Con archivos: {names}",
  "mail.news.resolved": "Resolvimos tu solicitud.",
  "mail.news.closed": "Cerramos tu solicitud.",
  "mail.news.link": "Mírala y responde aquí:\n\n{link}\n\nNadie lee lo que se responda a este correo.\n",
}
