// Bodies that are right for the routes of automation rules.
const existing = {
  name: "Esperan",
  trigger: { type: "waiting", waitsFor: "us", minutes: 60 },
  actions: [{ type: "addTags", value: ["espera"] }],
}
export const existingAutomationRule = existing

export const automationSamples: Record<string, Record<string, unknown>> = {
  "POST /api/v1/automation-rules": {
    name: "Garantías",
    priority: 1,
    enabled: true,
    trigger: { type: "message_received" },
    conditions: [{ field: "message", operator: "contains", value: "garantía" }],
    actions: [
      { type: "priority", value: "high" },
      { type: "note", value: "Pide garantía" },
    ],
    stop: true,
  },
  "PATCH /api/v1/automation-rules/:id": { ...existing, name: "Esperan más", conditions: [], priority: 2 },
  "POST /api/v1/automation-rules/preview": { trigger: { type: "ticket_created" }, conditions: [] },
}
