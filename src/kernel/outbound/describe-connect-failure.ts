/**
 * Why there was no connection, in words, by the code of the failure: of getaddrinfo (ENOTFOUND), of connect (ECONNREFUSED), or of
 * the check of a certificate (https://nodejs.org/api/tls.html#x509-certificate-error-codes). Null for a code that says no more.
 */
export function describeConnectFailure(code: string | undefined): string | null {
  if (code === undefined) return null
  if (code === "ENOTFOUND") return "no such name"
  if (code === "EAI_AGAIN") return "name not resolved"
  if (code === "ECONNREFUSED") return "connection refused"
  return isCertificateCode(code) ? "certificate not trusted" : null
}

// Alerts of the other side begin with ERR_SSL: one of them says that it wants a certificate of ours.
const isCertificateCode = (code: string) =>
  !code.startsWith("ERR_SSL") && /CERT|SIGNATURE|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/.test(code)
