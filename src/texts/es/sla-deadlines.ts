import type { deadlines as english } from "../en/sla-deadlines.ts"

export const deadlines: Record<keyof typeof english, string> = {
  "event.ticket.sla_warned": "Un plazo está en riesgo",
  "event.ticket.sla_breached": "Un plazo venció",
  "event.ticket.escalated": "Escalado por su política de SLA",
  "notifications.sla_warning": "Un plazo de {number} está en riesgo",
  "notifications.sla_breached": "Venció un plazo de {number}",
  "why.sla_warning": "Ha pasado el 80 % del tiempo que da la política {policyName} ({minutes} minutos hábiles)",
  "why.sla_breach": "Pasó el tiempo que da la política {policyName} ({minutes} minutos hábiles)",
  "why.sla_first_response":
    "Primera respuesta: la política {policyName} da {minutes} minutos hábiles desde que se creó el ticket",
  "why.sla_first_response.reopened":
    "Primera respuesta: la política {policyName} da {minutes} minutos hábiles desde que volvió el cliente",
  "why.sla_next_response":
    "Siguiente respuesta: la política {policyName} da {minutes} minutos hábiles desde el primer mensaje sin responder",
  "why.sla_resolution": "Resolución: la política {policyName} da {minutes} minutos hábiles desde que se creó el ticket",
  "why.sla_resolution.reopened":
    "Resolución: la política {policyName} da {minutes} minutos hábiles desde que se reabrió el ticket",
  "audit.kind.sla_policy": "Política de SLA",
  "audit.field.targets": "objetivos",
  "audit.field.visibleToCustomer": "los clientes ven los plazos",
  "audit.field.escalations": "escalamientos",
}
