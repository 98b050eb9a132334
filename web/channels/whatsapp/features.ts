import { MessageCircle } from "lucide-react"
import type { ChannelFeatures } from "../channel-features-type.ts"
import { whatsappMaxBytes } from "./max-file-bytes.ts"

export const whatsapp: ChannelFeatures = {
  name: "channel.whatsapp",
  icon: MessageCircle,
  marks: "single",
  canQuote: true,
  // It is shown for 25 seconds.
  typingEveryMs: 20_000,
  maxFileBytes: whatsappMaxBytes,
  showsSoundAlone: true,
  startByTemplate: "whatsapp.startConversation",
}
