// Snoozing a ticket.
export const snooze = {
  "snooze.title": "Snooze",
  "snooze.hour": "One hour",
  "snooze.threeHours": "Three hours",
  "snooze.tomorrow": "Tomorrow",
  "snooze.nextWeek": "Next week",
  "snooze.date": "Choose date and time…",
  "snooze.until": "Until",
  "snooze.past": "Choose a time in the future.",
  "snooze.go": "Snooze",
  "snooze.unsnooze": "Unsnooze",
  "snooze.snoozedUntil": "Snoozed until {when}",
  "snooze.done": "{number} snoozed until {when}",
  "snooze.unsnoozed": "{number} is no longer snoozed",
}
