// The code and the texts of mails come with the first ticket that has some.
const parts = () => import("./parts-in-one-chunk.ts")

export const firstMailFields = async () => (await parts()).FirstMailFields
export const followersSection = async () => (await parts()).FollowersSection
export const mailContent = async () => (await parts()).MailContent
export const recipientFields = async () => (await parts()).RecipientFields
export const suggestedLinks = async () => (await parts()).SuggestedLinks
