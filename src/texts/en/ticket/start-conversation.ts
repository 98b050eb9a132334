// Beginning a conversation with one person. It comes when somebody opens it, apart from the other texts of staff.
export const startConversation = {
  "conversation.with": "Start a conversation with {name}",
  "conversation.connection": "From",
  "conversation.to": "It goes to {address}",
  "conversation.address": "To",
  "conversation.text": "Message",
  "conversation.send": "Start conversation",
  "conversation.noConnection":
    "No connection reaches them. Add a phone or an e-mail address to the contact, or set up a connection under Settings.",
  "conversation.isActive": "{name} (open: {number})",
  "conversation.undeliverable": "{name} (does not reach them)",
  "conversation.contact_blocked": "{name} (the contact is blocked)",
  "conversation.forbidden": "{name} (a conversation that you may not see is open)",
  "conversation.breaker": "{name} (stopped: messages wait)",
  "conversation.active": "You are already talking with them here: {number} is open. Read it and answer there.",
  "conversation.beside": "Already open with them here. What you write now becomes a ticket of its own.",
  "conversation.open": "Open {number}",
}
