export { type InboundMessage, type NewMailThread, plainMessage, type ReceivedMessage } from "./inbound-message.ts"
export { mergeContacts } from "./identities/merge-contacts.ts"
export { changeIdentity } from "./identities/join-and-change-identities.ts"
export { receiveMessage, receiveUnshown } from "./receive-message.ts"
export { receiveBatch } from "./receive-batch.ts"
export { receiveMails } from "./mail-threads/receive-mails.ts"
export { mailThreadJobs } from "./mail-threads/give-split-mails-a-thread.ts"
export {
  addFollowers,
  participantsOf,
  type Participants,
  removeFollower,
  setRequester,
  takeBackFollowers,
} from "./mail-threads/followers.ts"
export { openThreadOfTicket } from "./mail-threads/open-thread-of-ticket.ts"
export { fileJobs } from "./fetch-inbound-files.ts"
export { contactMergeRoutes } from "./identities/contact-merge-routes.ts"
export { type IntakeSettings, readIntakeSettings } from "./intake-settings.ts"
export { receiveInTransaction } from "./receive-message-in-transaction.ts"
export { createCampaignTickets } from "./create-campaign-tickets.ts"
export { reopenWindowSimulation } from "./simulate-reopen-window.ts"
