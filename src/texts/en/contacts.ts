// What is seen and done of contacts. It comes with the first of them that is shown, apart from the other texts of staff.
import { contactAddresses } from "./contact-addresses.ts"

export const contacts = {
  ...contactAddresses,
  "contact.find": "Find a contact",
  "contact.new": "New contact",
  "contact.count": "{count, plural, one {# contact} other {# contacts}}{capped, select, yes { or more} other {}}",
  "contact.none": "No contacts yet",
  "contact.noneText": "Whoever writes to you stands here, and whom you add.",
  "contact.noneFound": "Nobody found",
  "contact.noneFoundText": "Try a surname, the last digits of a phone, or a part of the e-mail address.",
  "contact.allTickets": "Tickets",
  "contact.openTickets": "Open tickets",
  "contact.endedTickets": "Resolved and closed tickets",
  "contact.noTickets": "None",

  "contact.note": "Note",
  "contact.noteHint": "For the team. The contact never sees it.",
  "contact.removeAddress": "Remove {value}",
  "contact.keepAddress": "Keep {value}",
  "contact.removeHint": "Whoever signs in by an address that is removed is signed out.",
  "contact.newField": "New field",
  "contact.newFieldValue": "Value",
  "contact.addField": "Add the field",
  "contact.removeField": "Remove the field {name}",

  "contact.blockTitle": "Block {name}?",
  "contact.blockText":
    "What they write is kept in a closed ticket and nobody is notified. Nobody can write to them. You can unblock them at any time.",
  "contact.unblockTitle": "Unblock {name}?",
  "contact.unblockText":
    "What they write from now on opens tickets again. What came while they were blocked stays as it is.",
  "contact.blocked": "{name} is blocked",
  "contact.unblocked": "{name} is no longer blocked",

  "contact.mergeTitle": "Merge {name} with another contact",
  "contact.mergeText": "Two records of one person become one. You see what will happen before it does.",
  "contact.search": "The other contact",
  "contact.mergeNobody": "Nobody found whom you may merge",
  "contact.mergeOther": "Choose another one",
  "contact.mergeTurn": "Keep the other one",
  "contact.mergeGo": "Merge",
  "contact.mergePreview": "What will happen",
  "contact.mergeStays": "{name} stays.",
  "contact.mergeTickets":
    "{count, plural, =0 {No tickets move.} one {# ticket moves there.} other {# tickets move there.}}",
  "contact.mergeGains": "It gets {list}.",
  "contact.mergeFills": "{field}: taken from the other one",
  "contact.mergeUnites":
    "{count, plural, one {An open conversation of both becomes one.} other {# open conversations of both become one each.}}",
  "contact.mergeUndo": "You can undo it for 30 days.",
  "contact.merged": "Merged into {name}",
  "contact.unmerged": "Two contacts again",
  "contact.mergedOn": "{name} was merged into this contact on {when}",
  "contact.undoMerge": "Undo the merge of {name}",
  "contact.tickets": "{count, plural, =0 {no tickets} one {# ticket} other {# tickets}}",
}
