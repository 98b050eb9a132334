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
  "mail.news.subject": "{number}: {subject}",
  "mail.news.reply": "{name} answered:\n\n{text}",
  "mail.news.files": "With files: {names}",
  "mail.news.resolved": "We resolved your request.",
  "mail.news.closed": "We closed your request.",
  "mail.news.link": "See it and answer here:\n\n{link}\n\nNobody reads answers to this mail.\n",
}
