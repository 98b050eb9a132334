// Opening a ticket by hand.
export const newTicket = {
  "newTicket.title": "New ticket",
  "newTicket.from": "From the conversation {number} with {name}",
  "newTicket.discard": "Discard",
  "newTicket.go": "Create ticket",
  "newTicket.created": "{number} created",
  "newTicket.subject": "Subject",
  "newTicket.contactHint": "Name, number or e-mail",
  "newTicket.known": "Known contacts",
  "newTicket.otherContact": "Another contact",
  "newTicket.automatic": "Automatic",
  "newTicket.fromHere": "New ticket from this conversation",
  "newTicket.show": "Open ticket",
  "newTicket.number": "Number",
  "newTicket.trackUrl": "Where the customer follows it",
}
