import type { firstSteps as english } from "../../en/inbox/first-steps.ts"

export const firstSteps: Record<keyof typeof english, string> = {
  "first.done": "Hecho",
  "first.dismiss": "No mostrar más",
  "first.title": "Tu mesa de ayuda está lista",
  "first.text": "Tres cosas por hacer, en este orden. La primera toma un minuto.",
  "first.chat": "Escríbete",
  "first.chatText": "Abre la página de chat como lo haría un cliente, escribe “hola” y míralo llegar aquí.",
  "first.chatAction": "Abrir el chat",
  "first.channel": "Conecta un canal",
  "first.channelText": "Pon el chat en tu sitio o deja que otro sistema envíe mensajes.",
  "first.channelAction": "Conexiones",
  "first.colleague": "Invita a un colega",
  "first.colleagueText": "Crea una cuenta para cada persona que responde y repártelas en equipos.",
  "first.colleagueAction": "Personas y equipos",
}
