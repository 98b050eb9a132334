// What is said of mailboxes: to those who connect one, and in the mail that it writes to itself.
export const mailboxes = {
  "verification.mail.subject": "Hilo is testing this mailbox",
  "verification.mail.text":
    "Hilo has sent this mail from {address} to itself to see that mail leaves and arrives. You can delete it.",
  "mail.tooLarge": "[This mail has {megabytes} MB. It is too large to be fetched and is in the mailbox only.]",
  "verification.imap_login": "the mail server does not accept this user and password",
  "verification.imap_throttled": "the mail server wants fewer tries; wait a few minutes",
  "verification.imap_folder": "the mailbox has no folder of this name",
  "verification.imap_encryption": "no encrypted connection to the mail server; check port and security",
  "verification.imap_unreachable": "the mail server does not answer; check host and port",
  "verification.imap_protocol": "what answers there is no IMAP server; check host and port",
  "verification.smtp_mail_login": "the server for sending does not accept this user and password",
  "verification.smtp_mail_encryption": "without encryption only servers in the own network are used",
  "verification.smtp_mail_address": "the server for sending refuses this address as a recipient",
  "verification.smtp_refused": "the server for sending refuses the mail",
  "verification.smtp_temporary": "the server for sending wants fewer tries; wait a few minutes",
  "verification.smtp_unreachable": "the server for sending does not answer; check host and port",
  "verification.smtp_timeout": "the server for sending does not say whether it took the mail",
  "verification.not_returned": "the mail was sent, and did not arrive in the folder within half a minute",
} as const
