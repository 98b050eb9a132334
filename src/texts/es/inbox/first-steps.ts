import type { firstSteps as english } from "../../en/inbox/first-steps.ts"

export const firstSteps: Record<keyof typeof english, string> = {
  "first.done": "Hecho",
  "first.dismiss": "No mostrar más",
  "first.dismissed":
    "La lista queda oculta para todos los administradores. La configuración de la mesa de ayuda la recupera.",
  "first.title": "Tu mesa de ayuda está lista",
  "first.text": "Cuatro cosas por hacer. Cada una se marca sola y la lista se va cuando todas están hechas.",
  "first.desk": "Dale un nombre y un país a tu mesa de ayuda",
  "first.deskText":
    "Los clientes leen el nombre, el país dice cómo se escriben sus teléfonos y el idioma es el de lo que Hilo dice por su cuenta.",
  "first.reply": "Responde un primer mensaje",
  "first.replyText": "Abre la página de chat como lo haría un cliente, escribe “hola” y respóndelo aquí.",
  "first.chatAction": "Abrir el chat",
  "first.channel": "Conecta un canal",
  "first.channelText": "Pon el chat en tu sitio o deja que otro sistema envíe mensajes.",
  "first.channelAction": "Conexiones",
  "first.colleague": "Invita a un colega",
  "first.colleagueText": "Crea una cuenta para cada persona que responde y repártelas en equipos.",
  "first.colleagueAction": "Personas y equipos",
}
