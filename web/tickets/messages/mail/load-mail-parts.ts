// The code and the texts of mails come with the first ticket that has some.
const parts = () => import("./parts-in-one-chunk.ts")

export const suggestedLinks = async () => (await parts()).SuggestedLinks
export const mailContent = async () => (await parts()).MailContent
