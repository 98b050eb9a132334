import type { routingDecisions as english } from "../en/routing-decisions.ts"

export const routingDecisions: Record<keyof typeof english, string> = {
  "why.next_in_turn": "Asignado a {agentName}: le toca el turno en {teamName}, con {load} de {capacity}",
  "why.drained":
    "Asignado a {agentName}: era quien más esperaba en {teamName}, y tenía capacidad ({load} de {capacity})",
  "why.rule_agent": "Asignado a {agentName} por la regla {ruleName}",
  "why.rule_team": "Asignado a {teamName} por la regla {ruleName}; el equipo elige quién lo toma",
  "why.team_picks": "Se queda en {teamName}: el equipo elige quién toma estos tickets",
  "why.nobody_there": "Espera en {teamName}: no hay nadie del equipo en línea",
  "why.everybody_full": "Espera en {teamName}: todos los que están en línea llegaron a su capacidad",
  "why.older_first": "Espera en {teamName}: los más antiguos van primero",
  "why.nobody_joined": "Espera en {teamName}: el equipo no tiene integrantes",
  "why.team_empty": "el equipo no tiene integrantes",
  "why.no_team": "No hay un equipo al que asignarlo",
  "why.kept_agent": "Sigue con {agentName}: está en línea",
  "why.kept_group": "Sigue con {agentName}: un grupo conserva su agente",
  "why.conditions": "no se cumplen sus condiciones",
  "why.agent_gone": "ya no es un agente activo",
  "why.team_gone": "el equipo ya no existe",
  "why.team_given": "el equipo se eligió al crear el ticket",
  "why.not_automatic": "el equipo no asigna estos tickets automáticamente",
  "why.offline": "fuera de línea",
  "why.away": "ausente",
  "why.busy": "ocupado, y hay alguien en línea",
  "why.full": "llegó a su capacidad",
  "why.later_turn": "su turno llega después",
}
