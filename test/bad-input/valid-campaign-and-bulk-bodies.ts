/** Bodies of the routes that are about many tickets at once. */
export const samplesOfMany = (ref: string, connectionId: string): Record<string, Record<string, unknown>> => ({
  "POST /api/v1/campaigns": { name: "Reyes", kind: "messaging", connectionId },
  "PATCH /api/v1/campaigns/:id": { name: "Reyes" },
  "POST /api/v1/campaigns/:id/shipments": { id: "shipment-1" },
  "POST /api/v1/campaigns/:id/recipients": { recipients: [{ phone: "+573001112233", name: "Carla" }] },
  "PUT /api/v1/campaigns/:id/status": { status: "cancelled" },
  "POST /api/v1/incidents/bulk": {
    incidents: [ref],
    change: { assignment: { agentId: null }, status: "resolved", resolution: "hecho" },
  },
  "POST /api/v1/tickets/announcements": { tickets: ["tkt_1"], status: "closed" },
  "POST /api/v1/tickets/bulk": {
    tickets: [ref],
    change: {
      priority: "high",
      tags: { add: ["envío"], remove: [] },
      status: "open",
      resolution: "hecho",
      snooze: null,
    },
  },
})
