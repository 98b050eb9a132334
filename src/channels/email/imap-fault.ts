// What went wrong between us and a mail server, as far as it makes a difference to what is done about it, or to what a person does.
import type { ImapFlowError } from "imapflow"
import { LoginUnavailable } from "./login/mailbox-login.ts"

/**
 * `login`: the server says that the password is wrong. `reconnect`, `oauth_app`, `oauth_server`: there is nothing to show to it, see
 * `LoginUnavailable`. `throttled`: it wants to be left alone, for `waitMs` if it says so. `quota`: the mailbox is full. `folder`: the folder is not there. `plain_text`: no encryption is offered. `certificate`: the server's own is not good.
 * `encryption`: TLS could not be agreed on. `host`: there is no server of this name. `port`: it takes no connection there. `unreachable`:
 * nobody answers. `protocol`: anything else.
 */
export type ImapFault = { kind: ImapFaultKind; waitMs?: number }
export type ImapFaultKind =
  | "login"
  | LoginUnavailable["kind"]
  | "throttled"
  | "quota"
  | "folder"
  | "plain_text"
  | "certificate"
  | "encryption"
  | "host"
  | "port"
  | "unreachable"
  | "protocol"

const certificateCodes = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/
const encryptionCodes = /^(ERR_TLS|ERR_SSL|EPROTO|STARTTLS_INJECTION|UPGRADE_TIMEOUT)/
const networkCodes =
  /^(E(CONN|HOST|NET|TIMEDOUT|PIPE)|CONNECT_TIMEOUT|ETIMEOUT|NoConnection|EConnectionClosed|ClosedAfterConnect)/

// RFC 5530: a server that refuses for now answers a login with UNAVAILABLE or LIMIT. Microsoft answers a good one with "BAD User is
// authenticated but not connected" while it throttles (imapflow#314): neither says anything of the password.
const isThrottle = (code: string, text: string) =>
  code === "UNAVAILABLE" ||
  code === "LIMIT" ||
  code === "INUSE" ||
  /authenticated but not connected|too many|try again later|temporar/i.test(text)

export const isLoginRefused = (error: unknown) => imapFaultOf(error).kind === "login"

export function imapFaultOf(error: unknown): ImapFault {
  if (error instanceof LoginUnavailable) return { kind: error.kind, ...(error.waitMs > 0 && { waitMs: error.waitMs }) }
  const fault = error as Partial<ImapFlowError>
  const { code = "", serverResponseCode = "", throttleReset } = fault
  const text = [fault.responseText, typeof fault.response === "string" ? fault.response : "", fault.message].join(" ")
  const suggested = /Backoff Time: (\d{1,9})/i.exec(text)?.[1]
  const waitMs = throttleReset ?? (suggested === undefined ? undefined : Number(suggested))
  if (serverResponseCode === "OVERQUOTA" || /over ?quota|quota exceeded/i.test(text)) return { kind: "quota" }
  if (code === "ETHROTTLE" || waitMs !== undefined || isThrottle(serverResponseCode, text))
    return { kind: "throttled", ...(waitMs !== undefined && { waitMs }) }
  if (fault.authenticationFailed) return { kind: "login" }
  return { kind: encryptionFault(fault, text) ?? folderFault(fault) ?? networkFault(code) }
}

/** `ERR_TLS_REQUIRED` is our own: in clear text nobody is asked outside of the own network. */
function encryptionFault({ code = "", tlsFailed }: Partial<ImapFlowError>, text: string): ImapFaultKind | null {
  if (code === "ERR_TLS_REQUIRED" || (tlsFailed && /does not support STARTTLS/i.test(text))) return "plain_text"
  if (certificateCodes.test(code)) return "certificate"
  return tlsFailed || encryptionCodes.test(code) ? "encryption" : null
}

function folderFault(fault: Partial<ImapFlowError>): ImapFaultKind | null {
  const isRefused = fault.responseStatus !== undefined && / (EXAMINE|SELECT) /.test(fault.executedCommand ?? "")
  return fault.mailboxMissing || isRefused ? "folder" : null
}

function networkFault(code: string): ImapFaultKind {
  if (code === "ENOTFOUND" || code.startsWith("EAI_")) return "host"
  if (code === "ECONNREFUSED") return "port"
  return networkCodes.test(code) ? "unreachable" : "protocol"
}
