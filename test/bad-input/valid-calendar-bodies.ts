const rules = {
  timezone: "America/Bogota",
  intervals: [{ day: 1, from: "08:00", to: "18:00" }],
  holidays: [{ date: "2026-12-24", name: "Nochebuena", yearly: true }],
  holidayCountry: "CO",
  holidayRegion: null,
}

/** What the desk has already. */
export const existingCalendar = {
  name: "Soporte",
  timezone: "America/Bogota",
  intervals: [{ day: 1, from: "08:00", to: "18:00" }],
}

export const calendarSamples: Record<string, Record<string, unknown>> = {
  "POST /api/v1/calendars": { name: "Ventas", ...rules },
  "PATCH /api/v1/calendars/:id": { name: "Ventas", ...rules },
  "POST /api/v1/calendars/preview": { ...rules, minutes: 480 },
  "POST /api/v1/calendars/:id/due": { start: "2026-11-29T15:00:00Z", minutes: 480 },
  "POST /api/v1/calendars/:id/minutes": { start: "2026-11-29T15:00:00Z", end: "2026-12-04T15:00:00Z" },
}
