// The code and the texts of these come when one of them is opened.
const dialogs = () => import("./new-ticket-and-conversation-dialogs.ts")

export const newTicketDialog = async () => (await dialogs()).NewTicketDialog
export const conversationFromTicketDialog = async () => (await dialogs()).ConversationFromTicketDialog
export const conversationWithContactDialog = async () => (await dialogs()).ConversationWithContactDialog
