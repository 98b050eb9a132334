import type { automationDecisions as english } from "../en/why-automation-acted.ts"

export const automationDecisions: Record<keyof typeof english, string> = {
  "event.byRule": "{text} – regla «{ruleName}»",
  "event.ticket.snoozed": "Pospuesto",
  "why.automation_ticket_created": "Actúa la regla «{ruleName}»: se abrió el ticket",
  "why.automation_message_received": "Actúa la regla «{ruleName}»: escribió el cliente",
  "why.automation_status_changed": "Actúa la regla «{ruleName}»: cambió el estado",
  "why.automation_waiting_us": "Actúa la regla «{ruleName}»: el cliente espera respuesta desde hace {waitedMinutes}",
  "why.automation_waiting_customer": "Actúa la regla «{ruleName}»: el cliente no responde desde hace {waitedMinutes}",
  "why.automation_refused_gone": "La regla «{ruleName}» dejó algo sin hacer: lo que nombra ya no existe",
  "why.automation_refused_given_by_hand": "La regla «{ruleName}» no tocó agente ni equipo: alguien los cambió después",
  "why.automation_refused_reopens": "La regla «{ruleName}» no tocó el estado: las reglas no reabren tickets",
  "why.automation_refused_needs_agent":
    "La regla «{ruleName}» no tocó el estado: una conversación abierta necesita un agente",
  "why.automation_refused_transition": "La regla «{ruleName}» no tocó el estado: desde aquí no existe ese paso",
  "why.automation_refused_at_capacity": "La regla «{ruleName}» no lo asignó: el agente está al máximo de su capacidad",
  "why.automation_refused_unresolved": "La regla «{ruleName}» no respondió: una variable del texto no tiene valor",
  "why.automation_refused_group": "La regla «{ruleName}» no respondió: los grupos no reciben textos automáticos",
  "why.automation_refused_ended": "La regla «{ruleName}» no respondió: el ticket ya terminó",
  "why.automation_refused_blocked": "La regla «{ruleName}» no respondió: el cliente está bloqueado",
  "why.automation_refused_opted_out": "La regla «{ruleName}» no respondió: el cliente no quiere esos mensajes",
  "why.automation_refused_unreachable": "La regla «{ruleName}» no respondió: no hay cómo llegar al cliente",
  "why.automation_refused_window_closed": "La regla «{ruleName}» no respondió: la ventana de respuesta está cerrada",
  "why.automation_refused_content_too_long":
    "La regla «{ruleName}» no respondió: el texto es demasiado largo para el canal",
  "why.automation_refused_too_often":
    "La regla «{ruleName}» no respondió: las reglas ya le escribieron demasiado al cliente en la última hora",
  "why.automation_refused_not_a_person":
    "La regla «{ruleName}» no respondió: el último correo del cliente era automático, o no ha escrito ninguno",
  "why.automation_refused_before_mailbox":
    "La regla «{ruleName}» no respondió: el correo es anterior a la conexión del buzón con Hilo",
  "why.automation_refused_answered_once":
    "La regla «{ruleName}» no respondió: esta dirección ya recibió un correo automático en este ticket",
  "why.automation_refused_mailed_often":
    "La regla «{ruleName}» no respondió: esta dirección ya recibió tres correos automáticos en la última hora",
  "why.automation_refused_other": "La regla «{ruleName}» dejó algo sin hacer: el ticket no lo permite ahora",
}
