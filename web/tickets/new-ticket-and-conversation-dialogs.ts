// They ask for the same, and come as one piece when the first of them is opened.
import "./start-conversation/start-conversation-texts.ts"
export { NewTicketDialog } from "./new/new-ticket-dialog.tsx"
export { ConversationFromTicketDialog } from "./start-conversation/from-ticket-dialog.tsx"
export { ConversationWithContactDialog } from "./start-conversation/with-contact-dialog.tsx"
