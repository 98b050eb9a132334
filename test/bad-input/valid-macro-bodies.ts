export const macroSamples: Record<string, Record<string, unknown>> = {
  "POST /api/v1/tickets/:ref/macro": { macroId: "mac_0", content: "Hola" },
  "POST /api/v1/macros": {
    name: "Cerrar",
    visibility: "me",
    teamId: null,
    usableWhen: ["reply"],
    reply: { content: "Hola, {{contact.name}}", isInternal: false },
    actions: [
      { type: "status", value: "pending" },
      { type: "assign", value: "me" },
      { type: "addTags", value: ["envío"] },
      { type: "snooze", value: 60 },
    ],
  },
  "PATCH /api/v1/macros/:id": { name: "Cerrar", actions: [{ type: "priority", value: "low" }] },
  "POST /api/v1/macros/:id/preview": { ticket: "TKT-1" },
  "POST /api/v1/saved-replies": {
    name: "Gracias",
    content: "Gracias, {{contact.firstName}}",
    visibility: "me",
    teamId: null,
    language: "es",
  },
  "PATCH /api/v1/saved-replies/:id": { name: "Saludos", content: "Hola" },
  "POST /api/v1/saved-replies/:id/preview": { ticket: "TKT-1" },
}
