// Colleagues on the same ticket, and the notifications of staff.
export const viewersAndNotifications = {
  "viewers.viewing": "{count, plural, one {{names} is viewing this ticket} other {{names} are viewing this ticket}}",
  "viewers.customerWriting": "The customer is typing",
  "viewers.writing": "{name} is writing…",
  "viewers.writingNote": "{name} is writing a note…",

  "notifications.title": "Notifications",
  "notifications.unread":
    "{count, plural, =0 {Notifications} one {Notifications, # unread} other {Notifications, # unread}}",
  "notifications.open": "Open",
  "notifications.hiddenTicket": "a ticket you can no longer see",
  "notifications.mentioned": "{name} mentioned you in {number}",
  "notifications.assigned": "{name} assigned {number} to you",
  "notifications.unassigned": "{name} unassigned you from {number}",
  "notifications.answered": "{name} wrote in {number}",
  "notifications.said": "{name} wrote: “{text}”",
  "notifications.new_unassigned": "{number} is new, and nobody has it",
  "notifications.newSaid": "New: {name} wrote “{text}”",
  "notifications.visitor": "A visitor",
  "notifications.customer": "A customer",
  "notifications.freed": "{name} is no longer an agent: their open tickets are unassigned, such as {number}",
  "notifications.merged_away": "{name} merged {number} into another ticket",
  "notifications.connection_failing": "{name} has not worked for ten minutes",
  "notifications.connection_well": "{name} works again",
  "notifications.connection_flooded": "{name} gets too many mails from one address",
}
