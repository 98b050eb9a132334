// What went wrong between us and a mail server, as far as it makes a difference to what is done about it.
import type { ImapFlowError } from "imapflow"

/**
 * `login`: the server says that the password is wrong. `throttled`: it wants to be left alone, for `waitMs` if it says so. `folder`: the
 * folder is not there. `encryption`: TLS could not be agreed on. `unreachable`: nobody answered. `protocol`: anything else.
 */
export type ImapFault = {
  kind: "login" | "throttled" | "folder" | "encryption" | "unreachable" | "protocol"
  waitMs?: number
}

const encryptionCodes =
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|STARTTLS_INJECTION|UPGRADE_TIMEOUT)/
const networkCodes =
  /^(E(CONN|HOST|NET|AI_|NOTFOUND|TIMEDOUT|PIPE)|ENOTFOUND|CONNECT_TIMEOUT|ETIMEOUT|NoConnection|EConnectionClosed|ClosedAfterConnect)/

// RFC 5530: a server that refuses for now answers a login with UNAVAILABLE or LIMIT. Microsoft answers a good one with "BAD User is
// authenticated but not connected" while it throttles (imapflow#314): neither says anything of the password.
const isThrottle = (code: string, text: string) =>
  code === "UNAVAILABLE" ||
  code === "LIMIT" ||
  code === "INUSE" ||
  /authenticated but not connected|too many|try again later|temporar/i.test(text)

export function imapFaultOf(error: unknown): ImapFault {
  const fault = error as Partial<ImapFlowError>
  const { code = "", serverResponseCode = "", throttleReset } = fault
  const text = [fault.responseText, typeof fault.response === "string" ? fault.response : "", fault.message].join(" ")
  const suggested = /Backoff Time: (\d{1,9})/i.exec(text)?.[1]
  const waitMs = throttleReset ?? (suggested === undefined ? undefined : Number(suggested))
  if (code === "ETHROTTLE" || waitMs !== undefined || isThrottle(serverResponseCode, text))
    return { kind: "throttled", ...(waitMs !== undefined && { waitMs }) }
  if (fault.authenticationFailed) return { kind: "login" }
  if (fault.tlsFailed || encryptionCodes.test(code)) return { kind: "encryption" }
  const isRefusedFolder = fault.responseStatus !== undefined && / (EXAMINE|SELECT) /.test(fault.executedCommand ?? "")
  if (fault.mailboxMissing || isRefusedFolder) return { kind: "folder" }
  return { kind: networkCodes.test(code) ? "unreachable" : "protocol" }
}
