// What may stand in a mail's header. Stricter than what a form takes: what two programs could read in two ways gets no mail.

const mailable =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u

export const isMailable = (address: string): boolean => address.length <= 254 && mailable.test(address)

/** Text as a header may carry it: whatever would begin another line is a space. */
export function headerLine(text: string, longest = 200): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim()
    .slice(0, longest)
    .toWellFormed()
}

export type MailSender = { name: string; address: string }

/** "Name <address>", or the address alone. */
export function parseSender(text: string): MailSender | null {
  const whole = text.trim()
  const open = whole.endsWith(">") ? whole.lastIndexOf("<") : -1
  const address = open < 0 ? whole : whole.slice(open + 1, -1)
  const name = open < 0 ? "" : whole.slice(0, open).trim().replace(/^"/, "").replace(/"$/, "")
  if (!/^[^\s<>@"]+@[^\s<>@"]+$/.test(address) || /["<>]/.test(name)) return null
  return { name: headerLine(name), address }
}
