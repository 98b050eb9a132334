export const mail = {
  "mail.link.subject": "Your link to sign in",
  "mail.link.text":
    "Open this link to see your requests:\n\n{link}\n\nIt works once, within {minutes} minutes. If you did not ask for it, ignore this mail.\n",
}
