export const mailSamples: Record<string, Record<string, unknown>> = {
  "POST /api/v1/tickets/:ref/messages/:id/undo": {},
  "POST /api/v1/tickets/:ref/forward": {
    to: [{ address: "taller@example.net", name: "Taller" }],
    content: "¿Pueden ir?",
  },
  "POST /api/v1/tickets/:ref/followers": { address: "eva@example.net", name: "Eva" },
  "PUT /api/v1/tickets/:ref/requester": { address: "eva@example.net", name: "Eva", override: "porque sí" },
  "POST /api/v1/failed-deliveries/:id/replay": {},
  "POST /api/v1/failed-deliveries/:id/ticket": { from: { name: "Carla", address: "carla@example.com" } },
  "POST /api/v1/connections/:id/oauth": {},
}
