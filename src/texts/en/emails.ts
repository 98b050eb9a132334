export const emails = {
  "mail.link.subject": "Your link to sign in",
  "mail.link.text":
    "Open this link to see your requests:\n\n{link}\n\nIt works once, within {minutes} minutes. If you did not ask for it, ignore this mail.\n",
  "mail.invitation.subject": "Your account is ready",
  "mail.invitation.text":
    "You have an account. Choose your password here:\n\n{link}\n\nThe link works once, within {days} days.\n",
  "mail.reset.subject": "A new password",
  "mail.reset.text":
    "An administrator asks you to choose a new password:\n\n{link}\n\nThe link works once, within {days} days.\n",
  "mail.forgotten.subject": "A new password",
  "mail.forgotten.text":
    "Choose a new password here:\n\n{link}\n\nThe link works once, within {minutes} minutes. If you did not ask for it, ignore this mail: your password stays.\n",
  "mail.address.subject": "An address was added to your data",
  "mail.address.text":
    "Our staff noted one more address of yours: {added}\n\nIt opens nothing of what you have exchanged with us until that is confirmed. Tell us here whether it is yours:\n\n{link}\n",
  "notice.address":
    "Our staff noted one more address of yours: {added}. It opens nothing of what you have exchanged with us until that is confirmed. If it is not yours, answer here.",
  "notice.closing":
    "We resolved your request {number}. If you write nothing else, it closes on {when}. If something is missing, answer before then and we take it up again.",
  "notice.reopened":
    "TICKET REOPENED\n\n{operator}, ticket #{number} was reopened automatically because it was not closed in the other system too.\n{subject}\nCustomer: {customer}",
  "mail.update.subject": "{number}: {subject}",
  "mail.update.reply": "{name} answered:\n\n{text}",
  "mail.update.files": "With files: {names}",
  "mail.update.resolved": "We resolved your request.",
  "mail.update.closed": "We closed your request.",
  "mail.update.link": "See it and answer here:\n\n{link}\n\nNobody reads answers to this mail.\n",
  "mail.update.answerable": "See it here, or simply answer this mail:\n\n{link}\n",
  "mail.transcriptLink.subject": "Confirm that you want the conversation",
  "mail.transcriptLink.text":
    "In our chat somebody asked to have a conversation mailed to this address. If it was you, open this link within {minutes} minutes and confirm it:\n\n{link}\n\nIf it was not you, ignore this mail: nothing else is sent.\n",
  "mail.transcript.subject": "Your conversation with {name}",
  "mail.transcript.you": "You",
  "mail.transcript.older": "(What was said before is left out.)",
  "mail.transcript.link": "The chat is here:\n\n{link}\n\nNobody reads answers to this mail.\n",
  "mail.forward.mark": "---------- Forwarded message ----------",
  "mail.forward.from": "From",
  "mail.forward.date": "Date",
  "mail.forward.subject": "Subject",
  "mail.forward.to": "To",
  "mail.quote": "On {at}, {name} wrote:",
  "mail.track.subject": "{number}: your link",
  "mail.track.text":
    "Open this link to see your ticket {number} and to answer:\n\n{link}\n\nIt works once, within {minutes} minutes. If you did not ask for it, ignore this mail.\n",
  "mail.activity.subject": "{number}: there is news",
  "mail.activity.text":
    "There is news on the ticket {number}. See it here, with the number and this address:\n\n{link}\n\nIf you have opened no ticket with us, somebody has given your address: ignore this mail.\n",
  "mail.chat.subject": "We answered you in the chat",
  "mail.chat.text":
    "You wrote to us in the chat, and we answered. Read it in the browser in which you wrote:\n\n{link}\n\nIf you have not written to us, somebody has given your address: ignore this mail.\n",
  "mail.chat.textElsewhere":
    "You wrote to us in the chat, and we answered. Read it on the page on which you wrote, in the same browser.\n\nIf you have not written to us, somebody has given your address: ignore this mail.\n",
  "mail.opened.subject": "{number}: we have your ticket",
  "mail.opened.text":
    "We have opened the ticket {number}. See how it stands here, with the number and this address:\n\n{link}\n\nIf you have opened no ticket with us, somebody has given your address: ignore this mail.\n",
}
