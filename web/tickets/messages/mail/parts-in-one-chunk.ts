// Whatever only tickets of mails show comes as one piece: what several pieces shared would come with the first inbox.
import "./mail-texts.ts"

export { FirstMailFields } from "../../composer/mail/first-mail-fields.tsx"
export { RecipientFields } from "../../composer/mail/recipient-fields.tsx"
export { FollowersSection } from "./followers-section.tsx"
export { MailContent } from "./mail-content.tsx"
export { SuggestedLinks } from "./suggested-links.tsx"
