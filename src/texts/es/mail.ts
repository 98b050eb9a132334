export const mail = {
  "mail.link.subject": "Tu enlace para entrar",
  "mail.link.text":
    "Abre este enlace para ver tus solicitudes:\n\n{link}\n\nSirve una sola vez, durante {minutes} minutos. Si no lo pediste, ignora este correo.\n",
}
