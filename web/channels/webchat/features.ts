import { MessageSquare } from "lucide-react"
import type { ChannelFeatures } from "../channel-features-type.ts"

export const webchat: ChannelFeatures = {
  name: "channel.chat",
  icon: MessageSquare,
  marks: "none",
  showsFormatting: true,
  // Shown for eight seconds.
  typingEveryMs: 5_000,
  // A visitor need not give a name.
  unnamedContact: "list.visitor",
  unnamedWriter: "notifications.visitor",
  customerPage: (connectionId) => `/chat/${connectionId}`,
}
