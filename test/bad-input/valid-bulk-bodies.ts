/** Bodies of the routes that are about many tickets at once. */
export const samplesOfMany = (ref: string): Record<string, Record<string, unknown>> => ({
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
