// Whose number a webhook is about. Numbers of one Meta app share one address for their webhooks: they trust each other, and
// only each other, because they have the same secret.
import { sameSecret } from "#kernel/secrets.ts"
import type { ChannelAccount } from "../channel.ts"

/** Whose number it is, of what came in by `account`. */
export function accountOfPhoneNumber(
  account: ChannelAccount,
  all: ChannelAccount[],
  phoneNumberId: string,
): ChannelAccount | null {
  if (account.settings["phoneNumberId"] === phoneNumberId) return account
  const other = all.find(({ settings }) => settings["phoneNumberId"] === phoneNumberId)
  return other && isOneApp(other, account) ? other : null
}

/** The accounts that trust what came in by `account`. */
export const accountsOfApp = (account: ChannelAccount, all: ChannelAccount[]): ChannelAccount[] =>
  all.filter((one) => one.id === account.id || isOneApp(one, account))

function isOneApp(a: ChannelAccount, b: ChannelAccount): boolean {
  const [one, other] = [a.secrets["appSecret"], b.secrets["appSecret"]]
  return Boolean(one && other && sameSecret(one, other))
}
