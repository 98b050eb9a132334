import { useTexts } from "../lib/language.tsx"
import type { ChannelFeatures } from "./channel-features-type.ts"

/** Why a channel did not take something, in words; a reason that has none stands for itself. */
export function useFailureText(): (reason: string, channel: ChannelFeatures | undefined) => string {
  const { t, has } = useTexts()
  return (reason, channel) => {
    const id = `failure.${reason}`
    return has(id) ? t(id, { channel: t(channel?.name ?? "details.channel") }) : reason
  }
}
