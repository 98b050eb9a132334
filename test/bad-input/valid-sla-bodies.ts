const policy = {
  name: "Oro",
  priority: 10,
  isDefault: false,
  enabled: true,
  conditions: [{ field: "customer.tier", operator: "equals", value: "vip" }],
  calendarId: null,
  targets: { firstResponse: { medium: 60, urgent: 15 }, nextResponse: { medium: 60 }, resolution: { medium: 480 } },
  visibleToCustomer: true,
  escalations: [{ on: "breach", metric: "resolution", notify: ["assignee", "leads"], raisePriorityTo: "urgent" }],
}

/** What the desk has already: switched off, so that nothing follows from it. */
export const existingPolicy = { name: "Plata", targets: null, enabled: false }

export const slaSamples: Record<string, Record<string, unknown>> = {
  "POST /api/v1/sla-policies": policy,
  "POST /api/v1/sla-policies/matches": { id: "sla_0", priority: 10, isDefault: false, conditions: policy.conditions },
  "PATCH /api/v1/sla-policies/:id": { ...policy, name: "Platino" },
}
