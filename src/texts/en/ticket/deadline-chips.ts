// How a deadline stands, as staff read it, and customers where its policy says so.
export const deadlineChips = {
  "sla.deadlines": "Deadlines",
  "sla.metric.first_response": "First response",
  "sla.metric.next_response": "Next response",
  "sla.metric.resolution": "Resolution",
  "sla.due.today": "{metric}: due today {time}",
  "sla.due.weekday": "{metric}: due {day} {time}",
  "sla.due.date": "{metric}: due {when}",
  "sla.overdue": "{metric}: overdue by {duration}",
  "sla.missed": "{metric}: missed",
  "sla.paused": "{metric}: paused, {duration} left",
  "sla.met": "{metric}: met",
  "sla.ended": "{metric}: no longer counted",
}
