// The code and the texts of mails come with the first that is shown.
export const mailContent = async () => (await import("./mail-content.tsx")).MailContent
