// A contact's addresses: their kinds, how each was proved, and how they are typed.
export const contactAddresses = {
  "phone.unread": "Write it with + and the code of its country. The desk has no country yet.",
  "phone.unreadOf": "This is no number of {country}. Write it with + and the code of its country.",

  "details.identities": "Addresses",
  "details.noIdentities": "No addresses",
  "details.addAddress": "Add an e-mail address or phone",
  "details.add": "Add",
  "details.partial": "You see only what you typed: you know this person by a ticket that you opened for them.",

  "identity.phone": "Phone",
  "identity.email": "E-mail",
  "identity.bsuid": "WhatsApp",
  "identity.visitor": "Chat",
  "identity.isVisitor": "Visitor of the chat",
  "identity.external": "External",
  "identity.group": "Group",

  "proof.by_message": "Wrote from here",
  "proof.by_link": "Signed in by a link sent here",
  "proof.by_import": "Came from a list",
  "proof.by_staff": "Typed by one of the team",
  "proof.by_named": "Typed by {name}",
  "proof.by_visitor": "Said so in the chat",
  "proof.unconfirmed": "not confirmed",
  "proof.claimed": "The customer says that it is theirs",
  "proof.confirm": "Confirm that it is theirs",
  "proof.confirmHint": "Whoever has this address will be able to read all that was said with this contact.",
  "proof.confirmed": "Confirmed: {value}",
}
