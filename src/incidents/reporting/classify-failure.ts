// Executors report in the codes of the channel that they send by.
import { channels, type Failure } from "#channels/index.ts"
import { messageAction } from "./needs-ticket.ts"

const channel = Object.values(channels).find(({ word }) => `SEND_${word.toUpperCase()}` === messageAction)!

export const classifyFailure = (fault: { code: number | null; httpStatus: number | null }): Failure =>
  channel.classifyFailure!(fault)
