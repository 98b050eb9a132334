// What somebody of the staff chooses to be notified of. It comes with the settings.
export const notificationPreferences = {
  "notificationChoices.title": "Notifications",
  "notificationChoices.intro": "What you are told of, on every computer where you sign in.",
  "notificationChoices.kind": "What happens",
  "notificationChoices.list": "List",
  "notificationChoices.sound": "Sound",
  "notificationChoices.system": "Outside",
  "notificationChoices.columnsHint":
    "List: in the bell and on the screen. Outside: as a notification of your computer, while no page of Hilo can be seen.",
  "notificationChoices.of": "{kind}: {column}",
  "notificationChoices.assigned": "A ticket is assigned to me",
  "notificationChoices.answered": "A customer writes in a ticket of mine",
  "notificationChoices.mentioned": "Somebody mentions me",
  "notificationChoices.new_unassigned": "A new ticket of my teams that nobody has, while I am there",
  "notificationChoices.sla_warning": "A deadline is at risk",
  "notificationChoices.sla_breached": "A deadline was missed",
  "notificationChoices.escalated": "A ticket is closed in one system only, again and again",
  "notificationChoices.freed": "An agent of my team is gone, and their tickets are unassigned",
  "notificationChoices.unassigned": "A ticket is no longer mine",
  "notificationChoices.merged_away": "A ticket of mine is merged into another",
  "notificationChoices.quiet": "Quiet hours",
  "notificationChoices.quietHint":
    "Every day, in your time zone: no sound and nothing outside of the page. The list goes on.",
  "notificationChoices.from": "From",
  "notificationChoices.to": "Until",
  "notificationChoices.sameHour": "must differ from the beginning",
  "notificationChoices.try": "Play the sound",
}
