// What is said of mailboxes: to those who connect one, and in the mail that it writes to itself.
export const mailboxes = {
  "verification.mail.subject": "Hilo is testing this mailbox",
  "verification.mail.text":
    "Hilo has sent this mail from {address} to itself to see that mail leaves and arrives. You can delete it.",
  "mail.tooLarge": "[This mail has {megabytes} MB. It is too large to be fetched and is in the mailbox only.]",
  "mail.notReadable": "[What this mail says could not be read.]",
  "verification.imap_login": "the mail server does not accept this user and password",
  "verification.imap_throttled": "the mail server wants fewer tries; wait a few minutes",
  "verification.imap_folder": "the mailbox has no folder of this name",
  "verification.imap_encryption": "no encrypted connection to the mail server; check port and security",
  "verification.imap_unreachable": "the mail server does not answer; check host and port",
  "verification.imap_protocol": "what answers there is no IMAP server; check host and port",
  "verification.imap_quota": "the mailbox is full",
  "verification.imap_plain_text": "the mail server offers no encryption, so the password was not sent",
  "verification.imap_certificate": "the certificate of the mail server is not valid for this name",
  "verification.imap_host": "there is no server of this name",
  "verification.imap_port": "the mail server takes no connection at this port",
  "verification.imap_disk_full": "the disk of Hilo is full",
  "verification.imap_storage": "Hilo cannot keep files right now",
  "verification.smtp_mail_login": "the server for sending does not accept this user and password",
  "verification.smtp_mail_encryption": "without encryption only servers in the own network are used",
  "verification.smtp_mail_address": "the server for sending refuses this address as a recipient",
  "verification.smtp_refused": "the server for sending refuses the mail",
  "verification.smtp_temporary": "the server for sending wants fewer tries; wait a few minutes",
  "verification.smtp_unreachable": "the server for sending does not answer; check host and port",
  "verification.smtp_timeout": "the server for sending does not say whether it took the mail",
  "verification.imap_reconnect":
    "nobody has signed this mailbox in at its provider, or the provider has ended the access; sign in again",
  "verification.imap_oauth_app": "the provider does not know the app by this client ID and secret; check both",
  "verification.imap_oauth_server": "the provider's sign-in does not answer just now; it is asked again by itself",
  "verification.smtp_mail_reconnect": "the provider has ended the access to this mailbox; sign in again",
  "verification.smtp_mail_oauth_app": "the provider does not know the app by this client ID and secret; check both",
  "verification.smtp_mail_oauth_server": "the provider's sign-in does not answer just now; it is asked again by itself",
  "verification.not_returned": "the mail was sent, and did not arrive in the folder within half a minute",
  "mailbox.remedy.imap_login":
    "Enter user and password again and test the mailbox. Gmail, Yahoo and iCloud want an app password; Microsoft 365 takes no password for mail at all.",
  "mailbox.remedy.imap_throttled":
    "Nothing has to be done: Hilo waits as long as the server asks for. If it goes on, end other programs that read the same mailbox.",
  "mailbox.remedy.imap_quota":
    "Empty the mailbox at the provider, or have its size raised. Hilo removes nothing from it.",
  "mailbox.remedy.imap_folder":
    "Somebody renamed or removed the folder. Name one that is there in the mailbox's settings; INBOX is in every mailbox.",
  "mailbox.remedy.imap_plain_text":
    "Choose TLS with port 993, which every provider has; without encryption only servers of the own network are read.",
  "mailbox.remedy.imap_certificate":
    "Use the name that the certificate is for, which the provider tells (often not that of your own domain), or have the certificate renewed.",
  "mailbox.remedy.imap_encryption": "Port and security do not fit: 993 goes with TLS, 143 with STARTTLS.",
  "mailbox.remedy.imap_host": "Correct the name of the mail server; the provider's page on IMAP says it.",
  "mailbox.remedy.imap_port":
    "Correct the port: 993 with TLS, 143 with STARTTLS. If it is right, a firewall stands between this machine and the server.",
  "mailbox.remedy.imap_unreachable":
    "See whether this machine reaches the internet and whether the provider has an outage. Hilo goes on trying, at least every ten minutes.",
  "mailbox.remedy.imap_protocol":
    "Correct server and port: reading goes by IMAP, port 993 with TLS. Ports 25, 465 and 587 are for sending.",
  "mailbox.remedy.imap_disk_full":
    "Make room where HILO_DATA and the database are. No mail is lost: they stay in the mailbox until there is room.",
  "mailbox.remedy.imap_storage":
    "See that the folder of attachments or the bucket of S3_URL is there and can be written to. No mail is lost: they stay in the mailbox.",
  "mailbox.remedy.smtp_mail_login":
    "Enter the password for sending again and test the mailbox. What is to be sent waits and leaves then.",
  "mailbox.remedy.smtp_mail_encryption": "Choose TLS with port 465 or STARTTLS with port 587 for sending.",
  "mailbox.remedy.imap_reconnect":
    "Open the mailbox's settings and sign in at the provider again; what waits goes on by itself.",
  "mailbox.remedy.imap_oauth_app":
    "Compare client ID and client secret with the app at the provider: a secret there has an end.",
  "mailbox.remedy.imap_oauth_server": "Nothing to do: Hilo asks the provider again by itself, and no mail is lost.",
  "mailbox.remedy.smtp_mail_reconnect":
    "Open the mailbox's settings and sign in at the provider again; what waits goes on by itself.",
  "mailbox.remedy.smtp_mail_oauth_app":
    "Compare client ID and client secret with the app at the provider: a secret there has an end.",
  "mailbox.remedy.smtp_mail_oauth_server":
    "Nothing to do: Hilo asks the provider again by itself, and no mail is lost.",
  "mailbox.remedy.other": "Test the mailbox in its settings: the test says step by step what works.",
  "mail.alert.failing.subject": "The mailbox {name} has not worked for ten minutes",
  "mail.alert.failing.text":
    "Hilo cannot read the mailbox {name} or cannot send by it, for ten minutes now. No mail is lost: they stay in the mailbox, and what is to be sent waits. Its page says what is wrong and what helps:",
  "mail.alert.well.subject": "The mailbox {name} works again",
  "mail.alert.well.text": "The mailbox {name} is read again and sends. What waited is on its way.",
  "mail.alert.flooded.subject": "The mailbox {name} gets too many mails from one address",
  "mail.alert.flooded.text":
    "More than 20 mails an hour came from one address to the mailbox {name}. They were set aside, and nobody is answered by a machine. Look at them and have them received, or leave them:",
} as const
